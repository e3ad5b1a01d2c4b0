import type { LucideIcon } from 'lucide-react';
import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import Merge from 'lucide-react/icons/merge';
import type { Model, RecordType } from '@/api/model';
import type { Row } from '@/api/values';
import { dealPart } from '@/features/deals/part';
import type { PlainKey } from '@/lib/i18n/catalogue';
import { type Fetched, part } from '@/lib/part';

export type PartProps = { readonly type: RecordType; readonly row: Row };
export type DialogProps = PartProps & { readonly open: boolean; readonly close: () => void };

/** Something to do with a record that has a dialog of its own; `?do=convert` opens it. */
export type Deed = {
  readonly id: string;
  readonly label: PlainKey;
  readonly icon: LucideIcon;
  /** The slices it uses: they are not offered by themselves. */
  readonly slices: readonly string[];
  /** It stands beside the record's name, not in the menu. */
  readonly first?: boolean;
  readonly allowed: (model: Model, row: Row) => boolean;
  readonly dialog: Fetched<DialogProps>;
};

/** What a record type's page has beside what all have. */
export type Part = {
  /** A bar below the name: the stages of a deal. */
  readonly band?: Fetched<PartProps>;
  /** Tabs in the middle, beside what happened: the lines of a deal. */
  readonly panels?: readonly {
    readonly id: string;
    readonly label: PlainKey;
    readonly panel: Fetched<PartProps>;
  }[];
  readonly deeds?: readonly Deed[];
  /** Slices that the part offers in its own way. */
  readonly slices?: readonly string[];
};

const merge = (slice: string): Deed => ({
  id: 'merge',
  label: 'merge.title',
  icon: Merge,
  slices: [slice],
  allowed: (model) => model.slices.has(slice) && model.privileges.has('merge'),
  dialog: part(() => import('../merge/MergeDialog').then((file) => file.MergeDialog)),
});

/** By the plural of the type. A feature that adds to a page is named here. */
export const parts: Readonly<Record<string, Part>> = {
  contacts: { deeds: [merge('mergeContacts')] },
  accounts: { deeds: [merge('mergeAccounts')] },
  deals: dealPart,
  leads: {
    deeds: [
      {
        id: 'convert',
        label: 'convert.title',
        icon: ArrowRightLeft,
        slices: ['convertLead'],
        first: true,
        allowed: (model, row) => model.slices.has('convertLead') && row.status !== 'converted',
        dialog: part(() => import('@/features/leads/ConvertDialog').then((file) => file.ConvertDialog)),
      },
    ],
  },
};
