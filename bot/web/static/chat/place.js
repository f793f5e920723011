// "Share my location": asked of the device only when the person presses the button.
const OPTIONS = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 };

// Gives {text, payload}; when the device or the person says no, `/location` alone says so.
export function locate() {
  const no = { text: "I can't share my location.", payload: "/location" };
  if (!navigator.geolocation) return Promise.resolve(no);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const place = { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy };
        resolve({ text: "My location", payload: `/location${JSON.stringify(place)}` });
      },
      () => resolve(no),
      OPTIONS,
    );
  });
}
