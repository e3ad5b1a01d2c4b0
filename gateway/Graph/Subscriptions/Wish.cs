using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>What one subscription wants to hear: of which records, and what is to be told of each.</summary>
internal sealed class Wish
{
    private const int MostIds = 1_000;

    private readonly Dictionary<string, Kept> types;

    private Wish(Run run, Selected asked)
    {
        Run = run;
        var (told, watched) = (Inputs.Arguments(
            asked.Field.Arguments, asked.Nodes[0].Arguments, asked.Nodes[0], run.Variables, run.Document), (Watched)asked.Field.Fetched!);
        var only = (told.GetValueOrDefault("types") as object?[])?.Cast<string>().ToHashSet(StringComparer.Ordinal);
        types = watched.Of.Where(of => only?.Contains(of.Type.Name) is not false)
            .ToDictionary(of => $"{of.Model.Service}.{of.Model.Record}", StringComparer.Ordinal);
        Ids = (told.GetValueOrDefault("ids") as object?[])?.Select(id => Guid.TryParse((string)id!, out var one) ? one : Guid.Empty).ToHashSet();
        if (Ids?.Count > MostIds)
            throw new GraphException(new($"There are at most {MostIds} ids here.", Codes.TooMuch));
        Filter = told.GetValueOrDefault("filter") is string filter && !string.IsNullOrWhiteSpace(filter) ? filter : null;
        Zone = told.GetValueOrDefault("zone") as string;
        var shown = run.Below((ObjectType)asked.Field.Type.Named, asked.Nodes).Where(s => s.Field.Name == "record").SelectMany(s => s.Nodes).ToList();
        Columns = types.Values.ToDictionary(of => of, of => string.Join(
            ',', run.Below(of.Type, shown).Select(s => (s.Field.Fetched as IColumn)?.Column).OfType<string>().Prepend("id").Distinct()));
        IsShared = new Sharing(run, watched.All).Allows(Types, shown, Filter);
    }

    /// <summary>The operation, to be answered for each change.</summary>
    public Run Run { get; }

    /// <summary>The record types it is about.</summary>
    public IReadOnlyCollection<Kept> Types => types.Values;

    /// <summary>Only these records.</summary>
    public HashSet<Guid>? Ids { get; }

    /// <summary>Only records that this describes.</summary>
    public string? Filter { get; }

    /// <summary>Where days of the filter begin.</summary>
    public string? Zone { get; }

    /// <summary>The columns that are asked for, of each type.</summary>
    public IReadOnlyDictionary<Kept, string> Columns { get; }

    /// <summary>Whether all callers with the same graph are told the same.</summary>
    public bool IsShared { get; }

    /// <summary>The record type of an event (<c>contacts.contact</c>), where it is wanted.</summary>
    public Kept? Of(string record) => types.GetValueOrDefault(record);

    /// <summary>Reads a subscription; throws what is wrong with it.</summary>
    public static Wish Read(Run run) => Selecting.Of(run, run.Types.Subscription!, [run.Operation.Selections]) is [{ Field.Fetched: Watched } asked]
        ? new(run, asked)
        : throw new GraphException(new("A subscription asks for one field.", Codes.Validation) { Locations = [run.Document.Locate(run.Operation)] });
}
