import Plus from 'lucide-react/icons/plus';
import { useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { type FieldModel, type RecordType, readModel, useModel } from '@/api/model';
import { labelOf, manyOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Badges } from '../frame/Badges';
import { NoPage } from '../frame/NoPage';
import { Nothing, NotRead, Page, Section, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import { type CustomField, kindKey, useCustomFields } from './customField';
import { DeletedFields } from './DeletedFields';
import { FieldPanel } from './FieldPanel';
import { kindIcon } from './kindIcons';

const buildingMs = 2000;

/** The fields of a record type: those the tenant has added, and those it comes with. */
export function TypeScreen() {
  const model = useModel();
  const type = model.byPlural(useParams<{ plural: string }>().plural);
  return type ? <Fields key={type.plural} type={type} /> : <NoPage />;
}

function Fields({ type }: { readonly type: RecordType }) {
  const { data: own, refusal, again } = useCustomFields(type);
  const [open, setOpen] = useState<CustomField | 'new' | undefined>();
  const [round, setRound] = useState(0);
  const isBuilding = own?.some((field) => field.index === 'building');
  useEffect(() => {
    if (!isBuilding) return;
    const looking = setInterval(again, buildingMs);
    return () => clearInterval(looking);
  }, [isBuilding, again]);
  const changed = () => {
    // Lists, forms and filters are drawn from the model: they have the field with its next reading.
    void readModel();
    again();
    setRound((n) => n + 1);
  };
  const add = (
    <Button look="primary" icon={Plus} onClick={() => setOpen('new')}>
      {t('set.addField')}
    </Button>
  );
  return (
    <Page
      title={manyOf(type)}
      text={t('set.typeText', { name: type.plural })}
      up={{ href: '/settings/data-model', label: t('set.dataModel') }}
      actions={add}
    >
      <Section title={t('set.ownFields')}>
        {refusal && <NotRead refusal={refusal} again={again} />}
        {!own && !refusal && <Sketch />}
        {own?.length === 0 && <Nothing>{t('set.noFields')}</Nothing>}
        {own && own.length > 0 && <OwnFields fields={own} open={setOpen} />}
      </Section>
      <DeletedFields type={type} round={round} changed={changed} />
      <Section title={t('set.builtIn')} text={t('set.builtInText')}>
        <BuiltIn type={type} />
      </Section>
      {open && <FieldPanel type={type} field={open === 'new' ? undefined : open} close={() => setOpen(undefined)} changed={changed} />}
    </Page>
  );
}

const columns = () => [{ label: t('set.kind') }, { label: t('set.rules'), wideOnly: true }];

function OwnFields({ fields, open }: { readonly fields: readonly CustomField[]; readonly open: (field: CustomField) => void }) {
  return (
    <Table
      label={t('set.ownFields')}
      first={t('set.field')}
      columns={columns()}
      rows={fields.map((field) => ({
        key: field.id,
        title: field.label,
        detail: `custom.${field.name}`,
        icon: iconOf(field.kind),
        open: () => open(field),
        faint: field.retired,
        cells: [t(kindKey(field.kind)), <OwnRules key="rules" field={field} />],
      }))}
    />
  );
}

const iconOf = (kind: string) => {
  const Icon = kindIcon(kind);
  return <Icon size={16} aria-hidden />;
};

const OwnRules = ({ field }: { readonly field: CustomField }) => (
  <Badges>
    {field.problems?.length ? <Badge tone="danger">{field.problems.join(' ')}</Badge> : null}
    {field.retired && <Badge>{t('set.retired')}</Badge>}
    {field.required && <Badge tone="accent">{t('set.required')}</Badge>}
    {field.sensitive && <Badge tone="warn">{t('set.sensitive')}</Badge>}
    {field.index && (
      <Badge tone={field.index === 'ready' ? 'success' : field.index === 'failed' ? 'danger' : 'neutral'}>
        {t(field.index === 'ready' ? 'set.indexReady' : field.index === 'failed' ? 'set.indexFailed' : 'set.indexBuilding')}
      </Badge>
    )}
  </Badges>
);

function BuiltIn({ type }: { readonly type: RecordType }) {
  return (
    <Table
      label={t('set.builtIn')}
      first={t('set.field')}
      columns={columns()}
      rows={['declared', 'platform']
        .flatMap((origin) => type.fields.filter((field) => field.origin === origin))
        .map((field) => ({
          key: field.name,
          title: labelOf(type, field),
          detail: field.name,
          icon: iconOf(field.kind),
          cells: [kindOf(field), <BuiltInRules key="rules" field={field} />],
        }))}
    />
  );
}

const kindOf = (field: FieldModel) => t(kindKey(field.kind));

const BuiltInRules = ({ field }: { readonly field: FieldModel }) => (
  <Badges>
    {field.required && <Badge tone="accent">{t('set.required')}</Badge>}
    {(field.setBySlices || field.origin === 'platform') && <Badge>{t('set.kept')}</Badge>}
    {field.sensitive && <Badge tone="warn">{t('set.sensitive')}</Badge>}
  </Badges>
);
