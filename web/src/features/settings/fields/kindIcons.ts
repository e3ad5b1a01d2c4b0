import type { LucideIcon } from 'lucide-react';
import AlignLeft from 'lucide-react/icons/align-left';
import AtSign from 'lucide-react/icons/at-sign';
import Braces from 'lucide-react/icons/braces';
import Calendar from 'lucide-react/icons/calendar';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import CircleChevronDown from 'lucide-react/icons/circle-chevron-down';
import Coins from 'lucide-react/icons/coins';
import Hash from 'lucide-react/icons/hash';
import Link2 from 'lucide-react/icons/link-2';
import List from 'lucide-react/icons/list';
import ListChecks from 'lucide-react/icons/list-checks';
import MapPin from 'lucide-react/icons/map-pin';
import Phone from 'lucide-react/icons/phone';
import Sigma from 'lucide-react/icons/sigma';
import SquareFunction from 'lucide-react/icons/square-function';
import Star from 'lucide-react/icons/star';
import Tags from 'lucide-react/icons/tags';
import ToggleLeft from 'lucide-react/icons/toggle-left';
import Type from 'lucide-react/icons/type';
import Waypoints from 'lucide-react/icons/waypoints';

const icons: Readonly<Record<string, LucideIcon>> = {
  text: Type,
  longText: AlignLeft,
  number: Hash,
  integer: Hash,
  money: Coins,
  date: Calendar,
  instant: CalendarClock,
  boolean: ToggleLeft,
  choice: CircleChevronDown,
  multiChoice: ListChecks,
  email: AtSign,
  phone: Phone,
  url: Link2,
  rating: Star,
  reference: Waypoints,
  formula: SquareFunction,
  rollUp: Sigma,
  json: Braces,
  texts: Tags,
  list: List,
  address: MapPin,
};

/** What is drawn before a field of a kind. */
export const kindIcon = (kind: string): LucideIcon => icons[kind] ?? Type;
