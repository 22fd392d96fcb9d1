// The count of a sitting while it is typed: ballots against voters, the share, passed or not.
// The server judges by itself; this only shows it sooner. Whole numbers, as on the server.
(function () {
  'use strict';
  var form = document.querySelector('[data-sitting]');
  if (!form) { return; }
  // NaN for what is empty or no number yet: a sum with it is none either, and nothing is judged by it.
  function number(field) { return field && /^\d+$/.test(field.value.trim()) ? Number(field.value) : NaN; }
  function votes(field) { return field.value.trim() === '' ? 0 : number(field); }
  function named(name) { return number(form.querySelector('[name="' + name + '"]')); }

  function show(row, total, voters) {
    var place = row.querySelector('[data-share]');
    var given = row.querySelector('[data-votes="for"]');
    if (!total || isNaN(number(given))) { place.textContent = ''; place.className = ''; return; }
    var ballots = 0;
    row.querySelectorAll('[data-votes]').forEach(function (field) { ballots += votes(field); });
    if (ballots > voters) {
      place.textContent = place.dataset.many + ': ' + ballots + ' / ' + voters;
      place.className = 't-err';
      return;
    }
    var few = ballots < voters ? ' · ' + place.dataset.few + ': ' + (voters - ballots) : '';
    // Hundredths of a per cent, so that the edge is exact.
    var agreed = number(given);
    var threshold = Math.round(Number(row.dataset.threshold) * 100);
    var share = Math.floor(agreed * 10000 / total) / 100;
    var words = share.toLocaleString('vi-VN', { minimumFractionDigits: 2 }) + ' %';
    if (row.dataset.threshold === '' || isNaN(voters - ballots)) { place.textContent = words + few; place.className = ''; return; }
    var passed = agreed * 10000 >= threshold * total;
    place.textContent = words + ' · ' + (passed ? place.dataset.yes : place.dataset.no) + few;
    place.className = passed ? 't-ok' : 't-err';
  }
  function all() {
    var total = named('members_total');
    var voters = named('members_present') + named('written_opinions');
    form.querySelectorAll('[data-ballot]').forEach(function (row) { show(row, total, voters); });
  }
  form.addEventListener('input', all);
  all();
}());
