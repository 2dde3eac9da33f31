// Scanning by camera: the browser's own reader of codes where it has one, else the decoder that came with the page.
const WAIT = 150;
const SAME = 4000;
const WIDE = 640;

/** Reads a video picture: gives the text of a code, or nothing. Null when this phone cannot scan. */
export async function reader(decoder) {
  if (!navigator.mediaDevices?.getUserMedia) return null;
  return (await ownReader()) ?? (decoder ? carriedReader(decoder) : null);
}

async function ownReader() {
  if (!("BarcodeDetector" in window)) return null;
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
    const own = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await own.detect(video))[0]?.rawValue;
  } catch {
    return null;
  }
}

async function carriedReader(address) {
  try {
    await import(address);
  } catch {
    return null;
  }
  const { BinaryBitmap, HTMLCanvasElementLuminanceSource, HybridBinarizer, QRCodeReader } = globalThis.ZXing;
  const reading = new QRCodeReader();
  const canvas = document.createElement("canvas");
  return async (video) => {
    canvas.width = WIDE;
    canvas.height = Math.round((WIDE * video.videoHeight) / video.videoWidth) || WIDE;
    canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0, canvas.width, canvas.height);
    return reading.decode(new BinaryBitmap(new HybridBinarizer(new HTMLCanvasElementLuminanceSource(canvas)))).getText();
  };
}

/** Show the camera in `video` and tell `found` each new code; gives back how to stop. */
export async function scan(read, video, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  let on = true;
  let last = { text: "", at: 0 };
  video.srcObject = stream;
  await video.play();
  (async () => {
    while (on) {
      const text = await read(video).catch(() => ""); // no code in this picture
      const now = Date.now();
      if (text && (text !== last.text || now - last.at > SAME)) await found(text);
      if (text) last = { text, at: Date.now() };
      await new Promise((next) => setTimeout(next, WAIT));
    }
  })();
  return () => {
    on = false;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
}
