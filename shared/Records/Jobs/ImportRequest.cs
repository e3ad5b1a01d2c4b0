using CrmPlatform.Records.Files;

namespace CrmPlatform.Records.Jobs;

/// <summary>How the rows of a file become records.</summary>
public sealed record ImportRequest
{
    /// <summary>The field each column of the file sets, by header; null for none. Where nothing is said, what was suggested.</summary>
    public IReadOnlyDictionary<string, string?>? Mapping { get; init; }

    /// <summary>
    /// By what a row finds the record it is about: <c>id</c>, a field that holds a text, as <c>email</c>, or what a system calls it
    /// (<c>externalIds.erp</c>). Several are separated by commas; the first that finds one counts.
    /// </summary>
    public string? Match { get; init; }

    /// <summary>What to do with rows that find a record, and with those that find none.</summary>
    public ImportMode Mode { get; init; }

    /// <summary>Fields that are set only where the record has nothing there yet.</summary>
    public IReadOnlyList<string> OnlyIfEmpty { get; init; } = [];

    /// <summary>Fields that an empty cell empties; in all others it changes nothing.</summary>
    public IReadOnlyList<string> BlankErases { get; init; } = [];

    /// <summary>Does everything but keep it: the job says what would come of it.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Which rows an import takes.</summary>
public enum ImportMode
{
    /// <summary>Only what is new: a row that finds a record is refused.</summary>
    Create,

    /// <summary>Only what is there: a row that finds none is refused.</summary>
    Update,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>A file that was sent, what was found in it, and what is suggested.</summary>
/// <param name="Job">The job, waiting to be started.</param>
/// <param name="Mapping">The field suggested for each column, by header; null where none is.</param>
/// <param name="Sample">The first rows, as they were read.</param>
public sealed record ImportDraft(Job Job, IReadOnlyDictionary<string, string?> Mapping, IReadOnlyList<IReadOnlyDictionary<string, string?>> Sample);

/// <summary>What a job of an import works with.</summary>
internal sealed record ImportPlan(Sniffed File, string? Name, IReadOnlyList<string> Headers, ImportRequest How);
