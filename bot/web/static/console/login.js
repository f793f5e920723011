// The log-in page.
import * as api from "./api.js";
import { $ } from "./dom.js";

$("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const problem = $("problem");
  problem.hidden = true;
  try {
    await api.logIn($("name").value.trim(), $("password").value);
    location.assign("/console");
  } catch (error) {
    problem.textContent = error.status === 422 ? "Write your name and your password." : error.message;
    problem.hidden = false;
    $(error.status === 422 && !$("name").value.trim() ? "name" : "password").focus();
  }
});
$("name").focus();
