// Says while one types how many seats the quotas promise and what they leave for the common pool.
const line = document.querySelector("[data-sum]");
const form = line?.closest("form");
const number = (input) => Number.parseInt(input.value, 10) || 0;

function say() {
  const sum = [...form.querySelectorAll("[name^=quota_]")].reduce((total, input) => total + number(input), 0);
  const pool = number(form.elements.capacity) - sum;
  line.textContent = line.dataset.sum.replace("%(sum)s", sum).replace("%(pool)s", pool);
  line.classList.toggle("errornote", pool < 0);
}

if (form) {
  form.addEventListener("input", say);
  say();
}
