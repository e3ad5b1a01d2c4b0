using CrmPlatform.Contracts;
using CrmPlatform.Journal;

namespace CrmPlatform.Activities.Timeline;

/// <summary>One line of the timeline, written once per version of the record it is about.</summary>
internal static class TimelineEntry
{
    public static ValueTask Add(Session session, RecordEvent happened, DateTimeOffset at, string what) => session.Execute(
        """
        insert into timeline (tenant, record_id, version, at, what, fields, actor)
        values (@tenant, @id, @version, @at, @what, @fields, @actor) on conflict do nothing
        """,
        new
        {
            id = happened.Id,
            version = happened.Version,
            at,
            what,
            fields = happened.Changes?.Keys.ToArray() ?? [],
            actor = session.Cause.Actor.Name,
        });
}
