using CrmPlatform.Journal;

namespace CrmPlatform.Activities.Timeline;

/// <summary>What happened to a person, newest first.</summary>
public static class ReadTimeline
{
    /// <summary>One thing that happened.</summary>
    public sealed record Item(DateTimeOffset At, string What, string[] Fields, string Actor);

    /// <summary>The last things that happened to a person whom the caller sees, newest first.</summary>
    public static async Task<IReadOnlyList<Item>> Handle(Guid recordId, Session session)
    {
        var contacts = await session.ReachOfCopies("contacts.contact");
        var items = await session.Query<Item>(
            $"""
            select at, what, fields, actor from timeline
            where tenant = @tenant and record_id = @recordId and {contacts.Includes("@recordId")}
            order by version desc limit 100
            """,
            new { recordId, contacts.Me, contacts.Teams });
        return items.ConvertAll(item => item with { Fields = [.. item.Fields.Where(contacts.Shows)] });
    }
}
