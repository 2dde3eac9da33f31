// Scanning by camera, where the browser itself can read codes; elsewhere codes are typed.
const WAIT = 200;
const SAME = 4000;

export async function canScan() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  try {
    return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
  } catch {
    return false;
  }
}

/** Show the camera in `video` and tell `found` each new code; gives back how to stop. */
export async function scan(video, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  let on = true;
  let last = { text: "", at: 0 };
  video.srcObject = stream;
  await video.play();
  (async () => {
    while (on) {
      const [code] = await reader.detect(video).catch(() => []);
      const now = Date.now();
      if (code && (code.rawValue !== last.text || now - last.at > SAME)) await found(code.rawValue);
      if (code) last = { text: code.rawValue, at: Date.now() };
      await new Promise((next) => setTimeout(next, WAIT));
    }
  })();
  return () => {
    on = false;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
}
