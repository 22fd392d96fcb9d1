// The count of a sitting while it is typed: ballots against voters, the share, passed or not.
// The server judges by itself; this only shows it sooner. Whole numbers, as on the server.
(function () {
  'use strict';
  var form = document.querySelector('[data-sitting]');
  if (!form) { return; }
  function number(field) { return field && /^\d+$/.test(field.value.trim()) ? Number(field.value) : 0; }
  function named(name) { return number(form.querySelector('[name="' + name + '"]')); }

  function show(row, total, voters) {
    var place = row.querySelector('[data-share]');
    var given = row.querySelector('[data-votes="for"]');
    if (!total || given.value.trim() === '') { place.textContent = ''; place.className = ''; return; }
    var ballots = 0;
    row.querySelectorAll('[data-votes]').forEach(function (field) { ballots += number(field); });
    if (ballots > voters) {
      place.textContent = place.dataset.many + ': ' + ballots + ' / ' + voters;
      place.className = 't-err';
      return;
    }
    var few = ballots < voters ? ' · ' + place.dataset.few + ': ' + (voters - ballots) : '';
    // Hundredths of a per cent, so that the edge is exact.
    var votes = number(given);
    var threshold = Math.round(Number(row.dataset.threshold) * 100);
    var share = Math.floor(votes * 10000 / total) / 100;
    var words = share.toLocaleString('vi-VN', { minimumFractionDigits: 2 }) + ' %';
    if (row.dataset.threshold === '') { place.textContent = words + few; place.className = ''; return; }
    var passed = votes * 10000 >= threshold * total;
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
