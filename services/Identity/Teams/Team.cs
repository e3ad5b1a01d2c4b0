using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Identity.Teams;

/// <summary>People who work together, below the team they are part of. What a team sees, the teams above it see.</summary>
public sealed record Team : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(200), Searched]
    public string Name { get; init; } = "";

    /// <summary>The team it is part of.</summary>
    [Refers("team")]
    public Guid? ParentId { get; init; }

    /// <summary>Who leads it.</summary>
    [Refers("user")]
    public Guid? LeadId { get; init; }

    /// <summary>Who sees what follows from it, so those shape it who look after people; the database holds that none is above itself.</summary>
    public static async ValueTask<Team> Rule(Session session, Team? before, Team after)
    {
        await session.Demand(Privilege.People);
        if (before is { DeletedAt: null } && after.DeletedAt is not null)
        {
            var parts = await session.List<Team>("deleted_at is null and parent_id = @id", new { id = after.Id });
            if (parts.Count > 0)
                throw new Refusal(409, "has_parts", $"{parts.Count} teams are part of this one. Move them first.");
        }
        return after;
    }
}
