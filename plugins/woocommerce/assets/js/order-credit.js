/* Asks the shop, which asks Refledger, who is credited for the order on this page. Text is set as text. */
(function () {
  'use strict';
  var PATIENCE = 10000;

  function paragraph(text) {
    var element = document.createElement('p');
    element.textContent = text;
    return element;
  }

  function receiptLink(address, label) {
    var element = document.createElement('p');
    var link = document.createElement('a');
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.textContent = label;
    element.appendChild(link);
    return element;
  }

  function show(box, answer) {
    box.textContent = '';
    answer.words.forEach(function (sentence) {
      box.appendChild(paragraph(sentence));
    });
    if (answer.receipt && /^https?:\/\//.test(answer.receipt)) {
      box.appendChild(receiptLink(answer.receipt, box.dataset.receipt));
    }
  }

  document.querySelectorAll('.refledger-credit').forEach(function (box) {
    var control = new AbortController();
    var timer = setTimeout(function () {
      control.abort();
    }, PATIENCE);
    fetch(box.dataset.route, {
      headers: { 'X-WP-Nonce': box.dataset.nonce },
      credentials: 'same-origin',
      signal: control.signal,
    })
      .then(function (response) {
        if (!response.ok) {
          throw new Error(String(response.status));
        }
        return response.json();
      })
      .then(function (answer) {
        show(box, answer);
      })
      .catch(function () {
        box.textContent = '';
        box.appendChild(paragraph(box.dataset.failed));
      })
      .finally(function () {
        clearTimeout(timer);
      });
  });
})();
