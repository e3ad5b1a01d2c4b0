import { type ComponentProps, useEffect, useState } from 'react';
import { useAll } from '@/api/hooks';
import { type RecordType, useModel } from '@/api/model';
import { everything, type Row } from '@/api/values';
import { NotRead, Section, Sketch } from './Page';
import { SetUpSection } from './SetUpSection';

type SectionProps = Omit<ComponentProps<typeof SetUpSection>, 'type' | 'record' | 'changed' | 'made'>;

/** Settings a tenant has one record of, at most: where there is none the usual holds, and what is saved first makes it. */
export function SetUpSingle({ plural, ...section }: SectionProps & { readonly plural: string }) {
  const type = useModel().byPlural(plural);
  return type ? <OfType {...section} type={type} /> : null;
}

function OfType({ type, ...section }: SectionProps & { readonly type: RecordType }) {
  const { data, refusal, again } = useAll(type, { columns: everything(type) });
  // Until the list has it.
  const [made, setMade] = useState<Row | undefined>();
  useEffect(() => {
    if (data?.length) setMade(undefined);
  }, [data]);
  if (!data)
    return (
      <Section title={section.title} text={section.text}>
        {refusal ? <NotRead refusal={refusal} again={again} /> : <Sketch />}
      </Section>
    );
  const record = data[0] ?? made;
  if (!(record ? type.graph.update : type.graph.create)) return null;
  return <SetUpSection {...section} type={type} record={record} changed={again} made={setMade} />;
}
