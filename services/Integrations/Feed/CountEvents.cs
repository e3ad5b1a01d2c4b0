using CrmPlatform.Access.Roles;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Feed;

/// <summary>How many events of each type happened on a day (in UTC), for who wants to know whether they have all of them.</summary>
public static class CountEvents
{
    /// <summary>Of one type.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Type">The type.</param>
    /// <param name="Number">How many.</param>
    /// <param name="First">The least of their numbers.</param>
    /// <param name="Last">The greatest.</param>
    public sealed record Count(string Service, string Type, long Number, long First, long Last);

    /// <summary>The events of a day of the record types of which the caller sees all.</summary>
    public static async Task<IReadOnlyList<Count>> Handle(Session session, DateOnly day)
    {
        var subscriber = new Subscriber(await session.Standing());
        var from = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var counts = await session.Query<Count>(
            """
            select service, type, count(*) as number, min(position) as first, max(position) as last
            from event where tenant = @tenant and at >= @from and at < @to group by service, type order by service, type
            """,
            new { from, to = from.AddDays(1) });
        return counts.FindAll(count => subscriber.ReachOf(KnownRecords.Of(EventTypes.RecordOf(count.Type))) == Reach.All);
    }
}
