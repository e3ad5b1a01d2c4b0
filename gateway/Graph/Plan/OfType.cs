using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;

namespace CrmPlatform.Graph.Plan;

/// <summary>Record types by the names the graph has for them, for fields that are told which is meant.</summary>
internal sealed class TypesByName(IEnumerable<Kept> all)
{
    /// <summary>What the type is called where it is told.</summary>
    public const string Argument = "type";

    private readonly Dictionary<string, Kept> types = all.ToDictionary(of => of.Type.Name, StringComparer.Ordinal);

    /// <summary>The one that is meant.</summary>
    public Kept Of(Call call) => types[(string)call.Arguments[Argument]!];

    /// <summary>What else is told.</summary>
    public static Call Rest(Call call) => call with
    {
        Arguments = call.Arguments.Where(a => a.Key != Argument).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal),
    };
}

/// <summary>A question at a door that every record type has.</summary>
/// <param name="Types">The types.</param>
/// <param name="Door">Where it is below those of a type: <c>/views</c>.</param>
/// <param name="Member">What of the answer is meant; all of it, where nothing is said.</param>
/// <param name="Beside">What is to be said after the question mark beside what callers tell, by what they ask for.</param>
internal sealed record ReadOfType(TypesByName Types, string Door, string? Member, Func<Call, IReadOnlyDictionary<string, object?>>? Beside) : Elsewhere
{
    private const int MostAnswered = 200;

    public override int Most(Call call) => call.Field.Type.Nullable is ListType ? call.Arguments.GetValueOrDefault("limit") as int? ?? MostAnswered : 1;

    public override async Task Do(Fetch fetch, Levels levels, CancellationToken cancel)
    {
        var of = Types.Of(fetch.Call);
        try
        {
            var said = TypesByName.Rest(fetch.Call).Arguments.Concat(Beside?.Invoke(fetch.Call) ?? new Dictionary<string, object?>());
            var told = await levels.Once(of.Model.Service, Address.Of($"/api/v1/{of.Model.Plural}{Door}", said), cancel);
            fetch.Values[0] = told.Status == 404 ? null : told.Status >= 400 ? ServiceClient.Refused(told.Body)
                : Member is null ? told.Body : told.Body.GetProperty(Member);
        }
        catch (GraphException e)
        {
            fetch.Fail(e.Error);
        }
    }
}

/// <summary>A change at a door that every record type has.</summary>
/// <param name="Types">The types.</param>
/// <param name="Method">How it is called.</param>
/// <param name="Door">Where it is below those of a type.</param>
internal sealed record WriteOfType(TypesByName Types, string Method, string Door) : Changing
{
    /// <summary>Whether records are others afterwards.</summary>
    public bool OfModel { get; init; }

    public override bool ChangesModel => OfModel;

    public override Task<object?> Do(ServiceClient client, Asker caller, Call call, Action<Told> keep, CancellationToken cancel)
    {
        var of = Types.Of(call);
        return new Write(of, Method, $"/api/v1/{of.Model.Plural}{Door}", false).Do(client, caller, TypesByName.Rest(call), keep, cancel);
    }
}

/// <summary>A page of what is in the trash, of one type.</summary>
internal sealed record Trashed(TypesByName Types) : Source
{
    public override IReadOnlyList<Question> Ask(Fetch fetch) => List(fetch.Call).Ask(fetch);

    public override void Settle(Fetch fetch, IReadOnlyList<Question> asked) => List(fetch.Call).Settle(fetch, asked);

    public override int Most(Call call) => List(call).Most(call);

    public override long Questions(Call call, long objects) => List(call).Questions(call, objects);

    private Listed List(Call call) => new(Types.Of(call), null) { IsTrash = true };
}
