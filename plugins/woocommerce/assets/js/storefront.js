/**
 * Keeps the code of a partner's link by the shop's own route, and follows the visitor's consent. Goes together with the
 * script of the Refledger server, which tells the server of the visit; each works where the other is blocked.
 *
 * A consent banner that does not use the WP Consent API says what the visitor chose by
 * document.dispatchEvent( new CustomEvent( 'refledger_consent', { detail: true } ) ), or false.
 */
(function (page) {
  'use strict';

  var shop = page.refledgerShop;
  var known;

  if (!shop || !page.fetch || !page.URLSearchParams) {
    return;
  }

  /** The first valid code in the page's address. */
  function readCode() {
    var query = new URLSearchParams(page.location.search);
    var codes = shop.params.map(function (name) {
      return query.get(name) || '';
    });
    return codes.filter(function (code) {
      return /^[A-Za-z0-9_-]{1,64}$/.test(code);
    })[0];
  }

  /** Whether the browser asks not to be followed, and the shop has set that it listens. */
  function refuses() {
    var navigator = page.navigator;
    return shop.signals && (navigator.globalPrivacyControl === true || navigator.doNotTrack === '1');
  }

  function ask(method, body) {
    page
      .fetch(shop.route, {
        method: method,
        body: body,
        headers: { 'content-type': 'application/json' },
        credentials: 'same-origin',
        keepalive: true,
      })
      .catch(function () {});
  }

  /** Tells the server's script, also when it is not there yet. */
  function tell(granted) {
    page.refledger =
      page.refledger ||
      function () {
        (page.refledger.q = page.refledger.q || []).push(arguments);
      };
    page.refledger('consent', granted);
  }

  /** Does what the visitor chose, once per change: a banner may repeat itself. */
  function follow(granted, says) {
    var code = readCode();
    if (granted === known) {
      return;
    }
    known = granted;
    if (says) {
      tell(granted);
    }
    if (!granted || refuses()) {
      if (/(^|; )_aff_(ref|visitor|landed)=/.test(page.document.cookie)) {
        ask('DELETE');
      }
    } else if (code) {
      ask('POST', JSON.stringify({ code: code }));
    }
  }

  page.document.addEventListener('refledger_consent', function (event) {
    follow(event.detail === true, true);
  });
  page.document.addEventListener('wp_listen_for_consent_change', function (event) {
    if (event.detail && event.detail.marketing) {
      follow(event.detail.marketing === 'allow', true);
    }
  });

  function start() {
    if (shop.consent === 'granted') {
      follow(true, false);
    } else if (shop.consent === 'api' && page.wp_has_consent) {
      if (page.wp_has_consent('marketing')) {
        follow(true, true);
      } else {
        follow(false, false);
      }
    }
  }

  // The WP Consent API's script may come later on the page, and the kind of consent later still.
  page.document.addEventListener('wp_consent_type_defined', start);
  if (page.document.readyState === 'loading') {
    page.document.addEventListener('DOMContentLoaded', start);
  } else {
    start();
  }
})(window);
