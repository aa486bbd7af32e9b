/* Rows of jobs that wait for news: asks, shows progress, stops when the job is done. Without it the row has a link. */

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 8000;

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Resolves as soon as somebody looks at the page. */
function seen() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener("visibilitychange", function look() {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    });
  });
}

async function newsOf(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  return response.json();
}

function show(row, news) {
  const bar = row.querySelector("[data-job-progress]");
  const step = row.querySelector("[data-job-step]");
  if (bar) bar.value = news.progress;
  // The step is read out when it changes, never the bare number.
  if (step && step.textContent !== news.step) step.textContent = news.step;
}

function finish(job, news) {
  const hadFocus = job.contains(document.activeElement);
  job.querySelector("[data-job-body]").innerHTML = new DOMParser()
    .parseFromString(news.html, "text/html")
    .querySelector("[data-job-body]").innerHTML;
  if (hadFocus) job.querySelector("a, button")?.focus();
  job.dispatchEvent(new CustomEvent("job:done", { bubbles: true, detail: news }));
}

async function follow(job) {
  const refresh = job.querySelector("[data-job-refresh]");
  if (refresh) refresh.hidden = true;
  let wait = FIRST_PAUSE;
  for (;;) {
    await pause(wait);
    await seen();
    try {
      const news = await newsOf(job.dataset.jobNews);
      if (!news.open) return finish(job, news);
      show(job, news);
      wait = Math.min(wait * 1.2, LONGEST_PAUSE / 2);
    } catch {
      if (refresh) refresh.hidden = false;
      wait = Math.min(wait * 2, LONGEST_PAUSE);
    }
  }
}

for (const job of document.querySelectorAll("[data-job-open]")) follow(job);
