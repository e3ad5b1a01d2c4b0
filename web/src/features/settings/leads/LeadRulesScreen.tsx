import { useModel } from '@/api/model';
import { WordsInput } from '@/features/records/fields/WordsInput';
import { FilterBuilder } from '@/features/records/filter/FilterBuilder';
import { t } from '@/lib/i18n/t';
import { Page } from '../frame/Page';
import type { Editors } from '../frame/SetUpFields';
import { SetUpList } from '../frame/SetUpList';
import type { Values } from '../frame/useSetUp';
import { personal } from '../people/editors';
import { CandidatesEditor } from './CandidatesEditor';
import styles from './leads.module.css';
import { ScoringPreview } from './ScoringPreview';

/** What is made of leads by themselves: their score, who gets them, and until when somebody is to be in touch. */
export function LeadRulesScreen() {
  const leads = useModel().byPlural('leads');
  const editors: Editors = {
    ...personal,
    ...(leads && {
      condition: ({ value, set }) => (
        <div className={styles.box}>
          <FilterBuilder
            type={leads}
            filter={(value('condition') as string | null) ?? ''}
            set={(filter) => set('condition', filter || null)}
          />
        </div>
      ),
    }),
    users: ({ value, set }) => <CandidatesEditor value={(value('users') as never[] | null) ?? []} set={(next) => set('users', next)} />,
    holidays: ({ value, set }, _, bound) => (
      <WordsInput
        spaces
        {...bound}
        value={(value('holidays') as string[] | null) ?? []}
        set={(next) => set('holidays', next)}
        placeholder="2026-12-25"
      />
    ),
  };
  const condition = (record: Values) => (record.condition ? String(record.condition) : t('set.allLeads'));
  return (
    <Page title={t('set.leadRules')} text={t('set.leadRulesText')} wide>
      <SetUpList
        plural="scoringRules"
        sort="name"
        text={t('set.scoringText')}
        columns={['points', 'axis', 'event', 'inactive']}
        fields={['name', 'axis', 'points', 'condition', 'event', 'repeatable', 'decay', 'decayDays', 'groupId', 'inactive']}
        begin={{ axis: 'fit', points: 10 }}
        editors={editors}
        help={{ event: t('set.scoringEventText'), groupId: t('set.scoringGroupText') }}
        detail={(record) => (record.axis === 'fit' || record.condition ? condition(record) : null)}
        below={(form, record) => <ScoringPreview form={form} replaces={record?.id} />}
      />
      <SetUpList plural="scoringGroups" sort="name" text={t('set.scoringGroupText')} columns={['cap']} fields={['name', 'cap']} />
      <SetUpList
        plural="assignmentRules"
        sort="position"
        text={t('set.assignmentText')}
        columns={['position', 'mode', 'inactive']}
        fields={['name', 'position', 'condition', 'mode', 'users', 'toTeamId', 'capacity', 'onlyAtWork', 'inactive']}
        editors={editors}
        help={{ capacity: t('set.capacityText'), onlyAtWork: t('set.onlyAtWorkText') }}
        detail={condition}
      />
      <SetUpList
        plural="responseTargets"
        sort="position"
        text={t('set.targetText')}
        columns={['minutes', 'position', 'escalation', 'inactive']}
        fields={['name', 'position', 'condition', 'minutes', 'workingHours', 'timeZone', 'holidays', 'escalation', 'inactive']}
        editors={editors}
        detail={condition}
      />
    </Page>
  );
}
