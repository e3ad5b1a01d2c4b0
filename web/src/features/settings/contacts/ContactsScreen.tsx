import { t } from '@/lib/i18n/t';
import { Select } from '@/ui/Select';
import { Page } from '../frame/Page';
import type { Editors } from '../frame/SetUpFields';
import { SetUpSingle } from '../frame/SetUpSingle';
import { CountryInput } from './CountryInput';

/** How people and companies are entered: what is done about those that seem to be there already, and whose their phone numbers are. */
export const ContactsScreen = () => (
  <Page title={t('set.contacts')} text={t('set.contactsText')}>
    <SetUpSingle
      plural="contactSettings"
      fields={['duplicateContacts', 'duplicateAccounts', 'country']}
      editors={editors}
      help={{
        duplicateContacts: t('set.duplicateContactsText'),
        duplicateAccounts: t('set.duplicateAccountsText'),
        country: t('set.countryText'),
      }}
    />
  </Page>
);

// What holds where nothing is said.
const usual = 'warn';

const onDuplicate: Editors[string] = ({ value, set }, { name }, bound) => (
  <Select
    {...bound}
    value={(value(name) as string | null) ?? usual}
    options={(['off', usual, 'ask', 'block'] as const).map((one) => ({ value: one, label: t(`set.onDuplicate.${one}`) }))}
    choose={(next) => set(name, next === usual ? null : next)}
  />
);

const editors: Editors = {
  duplicateContacts: onDuplicate,
  duplicateAccounts: onDuplicate,
  country: ({ value, set }, { name }, bound) => (
    <CountryInput {...bound} placeholder={t('set.countryFind')} value={value(name) as string | null} set={(code) => set(name, code)} />
  ),
};
