import { useMemo } from 'react';
import { useRecord } from '@/api/hooks';
import { type RecordType, useModel } from '@/api/model';
import { everything } from '@/api/values';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { NotRead, Page, Sketch } from '../frame/Page';
import { SetUpSection } from '../frame/SetUpSection';
import { personal } from './editors';

/** What counts for everybody where they say nothing else. */
export function CompanyScreen() {
  const type = useModel().byPlural('companies');
  return type ? <Company type={type} /> : null;
}

function Company({ type }: { readonly type: RecordType }) {
  const names = useMemo(() => everything(type), [type]);
  const { data, refusal, again } = useRecord(type, useModel().viewer.tenant, names);
  return (
    <Page
      title={t('set.company')}
      text={t('set.companyText')}
      actions={data && <Badge>{t('set.plan', { plan: String(data.plan) })}</Badge>}
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data && (
        <SetUpSection
          type={type}
          record={data}
          fields={['name', 'locale', 'timeZone', 'currency', 'workingHours']}
          editors={personal}
          help={{ locale: t('set.localeHelp') }}
        />
      )}
    </Page>
  );
}
