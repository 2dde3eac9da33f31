// The answer for eye, ear and hand.
let sounds;

export function sound(good) {
  try {
    sounds ??= new AudioContext();
    const start = sounds.currentTime;
    for (const [pitch, after] of good ? [[880, 0], [1320, 0.12]] : [[220, 0], [180, 0.25]]) {
      const voice = sounds.createOscillator();
      const level = sounds.createGain();
      voice.frequency.value = pitch;
      level.gain.setValueAtTime(0.2, start + after);
      level.gain.exponentialRampToValueAtTime(0.001, start + after + 0.2);
      voice.connect(level).connect(sounds.destination);
      voice.start(start + after);
      voice.stop(start + after + 0.22);
    }
  } catch {
    // A phone without sound still shows and shakes.
  }
  navigator.vibrate?.(good ? 80 : [200, 100, 200]);
}
