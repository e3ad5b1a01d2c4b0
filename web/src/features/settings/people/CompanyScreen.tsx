import { useDoor } from '@/api/doors';
import { useModel } from '@/api/model';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { NotRead, Page, Sketch } from '../frame/Page';
import { SetUpSection } from '../frame/SetUpSection';
import type { Kept, Values } from '../frame/useSetUp';
import { personal } from './editors';

/** What counts for everybody where they say nothing else. */
export function CompanyScreen() {
  const model = useModel();
  const type = model.byPlural('companies');
  const { data, refusal, again } = useDoor<Kept & Values>(`/companies/${model.viewer.tenant}`);
  if (!type) return null;
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
          key={String(data.version)}
          type={type}
          record={data}
          fields={['name', 'locale', 'timeZone', 'currency', 'workingHours']}
          editors={personal}
          help={{ locale: t('set.localeHelp') }}
          changed={again}
        />
      )}
    </Page>
  );
}
