using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Transitions;

namespace CrmPlatform.Leads.Leads;

/// <summary>
/// A step that leads may take, and who may take it with them. A tenant that has any has these alone; where there are none, the usual ones hold.
/// </summary>
[PartOfModel]
public sealed record LeadTransition : Record
{
    /// <summary>The state it begins in; any where none is said.</summary>
    public LeadStatus? From { get; init; }

    /// <summary>The state it leads to.</summary>
    [Required]
    public LeadStatus? To { get; init; }

    /// <summary>The names of the roles that may take it; none named is everybody who may change the lead.</summary>
    [MaxItems(50), ItemLength(60)]
    public string[] Roles { get; init; } = [];

    private static readonly string[] States = [.. Enum.GetValues<LeadStatus>().Select(Name)];

    private static readonly Transition[] Usual =
    [
        .. Steps(LeadStatus.New, LeadStatus.Assigned, LeadStatus.Working, LeadStatus.Nurturing, LeadStatus.Qualified),
        .. Steps(LeadStatus.Assigned, LeadStatus.New, LeadStatus.Working, LeadStatus.Nurturing, LeadStatus.Qualified, LeadStatus.Recycled),
        .. Steps(LeadStatus.Working, LeadStatus.Nurturing, LeadStatus.Qualified, LeadStatus.Converted, LeadStatus.Recycled),
        .. Steps(LeadStatus.Nurturing, LeadStatus.Working, LeadStatus.Qualified, LeadStatus.Converted, LeadStatus.Recycled),
        .. Steps(LeadStatus.Qualified, LeadStatus.Working, LeadStatus.Nurturing, LeadStatus.Converted, LeadStatus.Recycled),
        .. Steps(LeadStatus.Recycled, LeadStatus.New, LeadStatus.Assigned, LeadStatus.Working),
        .. Enum.GetValues<LeadStatus>().Where(s => s.IsOpen() || s == LeadStatus.Recycled).SelectMany(s => Steps(s, LeadStatus.Disqualified)),
        new(Name(LeadStatus.Disqualified), Name(LeadStatus.Working), "manager", "administrator"),
    ];

    /// <summary>A state as it is written.</summary>
    public static string Name(LeadStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>The steps the tenant's leads may take.</summary>
    public static async Task<TransitionMatrix> Matrix(Session session)
    {
        if (session.Known.TryGetValue(nameof(LeadTransition), out var known))
            return (TransitionMatrix)known;
        var own = await session.List<LeadTransition>("deleted_at is null", new { });
        var steps = own.Count == 0 ? Usual : own.Select(t => new Transition(t.From is { } from ? Name(from) : Transition.Any, Name(t.To!.Value), t.Roles));
        var matrix = new TransitionMatrix(steps, States);
        session.Known[nameof(LeadTransition)] = matrix;
        return matrix;
    }

    private static IEnumerable<Transition> Steps(LeadStatus from, params LeadStatus[] to) => to.Select(t => new Transition(Name(from), Name(t)));
}
