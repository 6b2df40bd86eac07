import type { Issue } from '../shared/errors.ts';

/** What was typed into the setup form, as it arrived; the password is never shown again. */
export type SetupForm = Partial<Record<'name' | 'email' | 'password' | 'timeZone', unknown>>;

const FIELDS = [
  {
    name: 'name',
    label: 'Name of your shop or company',
    type: 'text',
    autocomplete: 'organization',
    hint: 'Your affiliates see it on statements and e-mails.',
  },
  {
    name: 'email',
    label: 'Your e-mail address',
    type: 'email',
    autocomplete: 'email',
    hint: 'You sign in with it.',
  },
  {
    name: 'password',
    label: 'Choose a password',
    type: 'password',
    autocomplete: 'new-password',
    hint: 'At least 10 characters; a few words are better than a few signs.',
  },
] as const;

const DEFAULT_TIME_ZONE = 'UTC';
const TIME_ZONES = [
  DEFAULT_TIME_ZONE,
  ...Intl.supportedValuesOf('timeZone').filter((name) => name !== DEFAULT_TIME_ZONE),
];

/** The values of the view `setup`: the fields with what was typed, and what is wrong beside each. */
export function describeSetupForm(form: SetupForm, issues: Issue[]) {
  const errorOf = (name: string) => issues.find((issue) => issue.path === name)?.message ?? '';
  const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
  const selected = textOf(form.timeZone) || DEFAULT_TIME_ZONE;
  return {
    title: 'Set up Refledger',
    hasErrors: issues.length > 0,
    isSingleError: issues.length === 1,
    fields: FIELDS.map((field) => ({
      ...field,
      value: field.name === 'password' ? '' : textOf(form[field.name]),
      error: errorOf(field.name),
    })),
    timeZones: TIME_ZONES.map((name) => ({ name, isSelected: name === selected })),
    timeZoneError: errorOf('timeZone'),
  };
}
