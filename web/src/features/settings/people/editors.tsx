import type { Editors } from '../frame/SetUpFields';
import { HoursEditor, type WorkingTime } from './HoursEditor';
import { ZoneInput } from './ZoneInput';

/** What zones and working hours are entered with, of a person and of the company. */
export const personal: Editors = {
  timeZone: ({ value, set }, _, bound) => (
    <ZoneInput {...bound} value={value('timeZone') as string | null} set={(next) => set('timeZone', next)} />
  ),
  workingHours: ({ value, set }) => (
    <HoursEditor value={(value('workingHours') as WorkingTime[] | null) ?? []} set={(next) => set('workingHours', next)} />
  ),
};
