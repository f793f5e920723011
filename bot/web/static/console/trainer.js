// The trainers' page: reports by reference.
import * as api from "./api.js";
import { $ } from "./dom.js";
import { wire } from "./find.js";

wire();
$("log-out").addEventListener("click", async () => {
  await api.logOut().catch(() => {});
  location.assign("/console/login");
});
