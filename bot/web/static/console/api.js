// The operator's contract over HTTP. A refusal is an Error with `.problem` (code, title, detail).

const { api, csrf } = document.body.dataset;

export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail || problem?.title || "That did not work. Try again.");
    this.status = status;
    this.problem = problem;
  }
}

async function call(method, path, body) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (csrf) headers["X-CSRF-Token"] = csrf;
  let answer;
  try {
    answer = await fetch(api + path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "same-origin",
    });
  } catch {
    throw new Refused(0, { title: "The connection is lost. Try again in a moment." });
  }
  if (answer.status === 401 && csrf) location.assign("/console/login");
  const json = (answer.headers.get("Content-Type") || "").includes("json");
  if (!answer.ok) throw new Refused(answer.status, json ? await answer.json() : null);
  if (answer.status === 204) return null;
  return json ? answer.json() : answer.text();
}

const one = (id) => `/operator/conversations/${encodeURIComponent(id)}`;

export const logIn = (name, password) => call("POST", "/operator/session", { name, password });
export const logOut = () => call("DELETE", "/operator/session");
export const queue = () => call("GET", "/operator/queue");
export const next = () => call("POST", "/operator/next", {});
export const available = (value) => call("POST", "/operator/presence", { available: value });
export const noHandlers = (value) => call("POST", "/operator/no_handlers", { value });
export const conversation = (id, after = 0) => call("GET", `${one(id)}?after=${after}`);
export const record = (id) => call("GET", `${one(id)}/record.txt`);
export const move = (id, name, body = {}) => call("POST", `${one(id)}/${name}`, body);
export const edit = (id, details) => call("PATCH", `${one(id)}/details`, details);
export const send = (id, clientId, text) => call("POST", `${one(id)}/messages`, { client_id: clientId, text });
export const report = (reference) => call("GET", `/reports/${encodeURIComponent(reference)}`);
export const reading = (id, seq) => call("GET", `${one(id)}/messages/${seq}/reading`);

const change = (id) => `/operator/changes/${encodeURIComponent(id)}`;

export const changes = (wanted) => call("GET", `/operator/changes?${new URLSearchParams(wanted)}`);
export const changed = (id) => call("GET", change(id));
export const scrubbed = (id, seq) => call("GET", `${change(id)}/messages/${seq}/scrubbed`);
export const propose = (id, seq, example) => call("POST", `${change(id)}/messages/${seq}/proposal`, example);

export function socket() {
  const url = new URL(`${api}/operator/socket`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url);
}
