const NAME = 'refledger_code';

/**
 * Puts the code into the hidden field `refledger_code` of every matching form, so that it reaches the shop with
 * the form; an empty code takes it back. A field that is there is used, else one is added.
 *
 * @returns how many forms matched
 * @throws DOMException when the selector cannot be read
 */
export function fillCodeFields(document: Document, selector: string, code: string): number {
  const forms = document.querySelectorAll<HTMLFormElement>(selector);
  for (const form of forms) {
    const field = form.querySelector<HTMLInputElement>(`input[name=${NAME}]`);
    if (field) field.value = code;
    else if (code) form.append(hiddenField(document, code));
  }
  return forms.length;
}

function hiddenField(document: Document, code: string): HTMLInputElement {
  const field = document.createElement('input');
  return Object.assign(field, { type: 'hidden', name: NAME, value: code });
}
