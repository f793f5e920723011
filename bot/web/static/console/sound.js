// One soft chime, made here: nothing is fetched. The handlers' side only, and off until chosen.
let context = null;

export function chime() {
  context ??= new AudioContext();
  const start = context.currentTime;
  for (const [at, pitch] of [[0, 660], [0.18, 880]]) {
    const tone = context.createOscillator();
    const loud = context.createGain();
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.12, start + at);
    loud.gain.exponentialRampToValueAtTime(0.001, start + at + 0.35);
    tone.connect(loud).connect(context.destination);
    tone.start(start + at);
    tone.stop(start + at + 0.4);
  }
}
