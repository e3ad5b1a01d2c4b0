import type { LucideIcon } from 'lucide-react';
import Box from 'lucide-react/icons/box';
import Building2 from 'lucide-react/icons/building-2';
import CircleUser from 'lucide-react/icons/circle-user';
import Handshake from 'lucide-react/icons/handshake';
import Package from 'lucide-react/icons/package';
import Sprout from 'lucide-react/icons/sprout';
import Target from 'lucide-react/icons/target';
import User from 'lucide-react/icons/user';
import Users from 'lucide-react/icons/users';
import { type Model, may, type RecordType } from '@/api/model';

/** What is drawn before a record type's name. */
const icons: Readonly<Record<string, LucideIcon>> = {
  contacts: User,
  accounts: Building2,
  leads: Sprout,
  deals: Handshake,
  products: Package,
  quotas: Target,
  users: CircleUser,
  teams: Users,
};

export const iconOf = (type: RecordType): LucideIcon => icons[type.plural] ?? Box;

/** What people work with all day, in the order in which they do. */
const daily = ['contacts', 'accounts', 'leads', 'deals', 'products'];

// Settings have screens of their own; nobody looks for them among records.
const administered = new Set(['identity', 'integrations']);
const setUp =
  /Settings$|Rules?$|Groups?$|^(pipelines|stages|forms|scorecards|responseTargets|conversionMappings|leadTransitions|currencyRates|priceBooks)$/;
// Rows that only join others are seen on the pages of those.
const joined = /^(accountContacts|contactRelations|dealContacts|dealMembers|dealCompetitors|scorecardAnswers|prices|forecast.*)$/;

export type Nav = { readonly daily: readonly RecordType[]; readonly more: readonly RecordType[] };

export function navOf(model: Model): Nav {
  const seen = model.types.filter((type) => type.graph.list && may(type, 'read'));
  return {
    daily: daily.flatMap((plural) => seen.find((type) => type.plural === plural) ?? []),
    more: seen.filter(
      ({ plural, service }) => !daily.includes(plural) && !administered.has(service) && !setUp.test(plural) && !joined.test(plural),
    ),
  };
}
