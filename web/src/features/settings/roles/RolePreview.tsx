import EyeOff from 'lucide-react/icons/eye-off';
import { useState } from 'react';
import { useAnswer } from '@/api/hooks';
import { type FieldModel, type RecordType, useModel } from '@/api/model';
import { labelOf, manyOf } from '@/features/labels';
import { iconOf, navOf } from '@/features/nouns';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Badges } from '../frame/Badges';
import { Nothing, NotRead, Section, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import { ModelOfRoleDocument, type ModelOfRoleQuery } from '../graph';
import styles from './RolePreview.module.css';
import { deeds } from './role';

type Seen = ModelOfRoleQuery['model'];

/** What somebody sees and may do who has this role alone: the model as the services tell it to them. */
export function RolePreview({ name }: { readonly name: string }) {
  const model = useModel();
  const { data, refusal, again } = useAnswer(ModelOfRoleDocument, { role: name });
  const seen = data?.model;
  const [chosen, choose] = useState<string | undefined>();
  if (refusal) return <NotRead refusal={refusal} again={again} />;
  if (!seen) return <Sketch />;
  const { daily, more } = navOf(model);
  const toldOf = (type: RecordType) => seen.records.find((one) => one.service === type.service && one.record === type.record);
  const places = [...daily, ...more, ...model.types.filter((type) => !daily.includes(type) && !more.includes(type))];
  const visible = places.filter((type) => (toldOf(type)?.deeds.read ?? 'none') !== 'none');
  const type = visible.find((one) => one.plural === chosen) ?? visible[0];
  const told = type && toldOf(type);
  return (
    <>
      <p className={styles.text}>
        {t('set.previewText')}{' '}
        <Button small look="quiet" onClick={again}>
          {t('set.lookAgain')}
        </Button>
      </p>
      {type && told ? (
        <div className={styles.preview}>
          <nav aria-label={t('set.theirPlaces')} className={styles.places}>
            <h2>{t('set.theirPlaces')}</h2>
            <ul>
              {visible.map((one) => {
                const Icon = iconOf(one);
                return (
                  <li key={one.plural}>
                    <button
                      type="button"
                      aria-pressed={one === type}
                      className={cx(styles.place, one === type && styles.here)}
                      onClick={() => choose(one.plural)}
                    >
                      <Icon size={15} aria-hidden />
                      {manyOf(one)}
                    </button>
                  </li>
                );
              })}
            </ul>
          </nav>
          <div className={styles.part}>
            <Section
              title={manyOf(type)}
              text={
                <Badges>
                  {deeds.map((deed) => (
                    <Badge key={deed} tone={told.deeds[deed] === 'none' ? 'neutral' : 'success'}>
                      {t(`set.deed.${deed}`)}: {t(`set.reach.${told.deeds[deed]}`)}
                    </Badge>
                  ))}
                </Badges>
              }
            >
              <Fields type={type} seen={told.fields} mayChange={told.deeds.update !== 'none'} />
            </Section>
          </div>
        </div>
      ) : (
        <Nothing>{t('set.seesNothing')}</Nothing>
      )}
      <Section title={t('set.mayDo')}>
        <p className={styles.text}>
          {t('set.slicesCount', { count: seen.slices.length })}{' '}
          {seen.overrides
            .filter((rule) => rule.allowed)
            .map((rule) => rule.says)
            .join(' ')}
        </p>
        <Badges>
          {seen.privileges.map((one) => (
            <Badge key={one} tone="accent">
              {t(`set.privilege.${one as 'export'}`)}
            </Badge>
          ))}
        </Badges>
      </Section>
    </>
  );
}

type FieldsProps = { readonly type: RecordType; readonly seen: Seen['records'][number]['fields']; readonly mayChange: boolean };

// What is kept from them comes first: it is what one looks for.
function Fields({ type, seen, mayChange }: FieldsProps) {
  const known = new Map(seen.map((field) => [field.name, field]));
  const rank = (field: FieldModel) => {
    const one = known.get(field.name);
    return !one ? 0 : one.masked ? 1 : field.origin === 'platform' ? 3 : 2;
  };
  const fields = [...type.fields].sort((a, b) => rank(a) - rank(b));
  const state = (field: FieldModel) => {
    const one = known.get(field.name);
    if (!one) return <Badge tone="danger">{t('set.right.hidden')}</Badge>;
    if (one.masked)
      return (
        <Badge tone="warn">
          <EyeOff size={12} aria-hidden /> {t('set.right.masked')}
        </Badge>
      );
    const isSet = mayChange && !one.readOnly && !field.setBySlices && field.origin !== 'platform' && !field.retired;
    return <Badge>{t(isSet ? 'set.readsAndChanges' : 'set.right.readOnly')}</Badge>;
  };
  return (
    <Table
      label={manyOf(type)}
      first={t('set.field')}
      columns={[{ label: t('set.whatTheySee') }]}
      rows={fields.map((field) => ({
        key: field.name,
        title: labelOf(type, field),
        detail: field.name,
        faint: !known.has(field.name),
        cells: [state(field)],
      }))}
    />
  );
}
