namespace CrmPlatform.Journal.Audit;

/// <summary>What the journal keeps of those who look or are refused: entries of no record, which cannot be undone because nothing was changed.</summary>
internal static class Looks
{
    /// <summary>Records were taken out as a file.</summary>
    public const string Export = "export";

    /// <summary>Sensitive fields were read.</summary>
    public const string Reading = "reading";

    /// <summary>Something was refused that is to be on record.</summary>
    public const string Refusal = "refusal";
}
