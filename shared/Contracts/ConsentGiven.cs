namespace CrmPlatform.Contracts.Leads;

/// <summary>What somebody has agreed to, and what shows that they have.</summary>
public sealed record ConsentGiven
{
    /// <summary>What for.</summary>
    public required string Purpose { get; init; }

    /// <summary>On which way they may be reached: <c>email</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>What was agreed to, word by word.</summary>
    public required string Wording { get; init; }

    /// <summary>Which version of that text it is.</summary>
    public string? TextVersion { get; init; }

    /// <summary>Where they have agreed: <c>form: spring fair</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What shows it: the submission of the form.</summary>
    public required string Proof { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset GivenAt { get; init; }
}
