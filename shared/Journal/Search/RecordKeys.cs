namespace CrmPlatform.Journal.Search;

/// <summary>By what records are recognised when they are entered again.</summary>
public static class RecordKeys
{
    /// <summary>Those that can be kept and asked for: the database knows no U+0000, which is refused later, at its field.</summary>
    public static IEnumerable<string> Kept(IEnumerable<string> keys) => keys.Where(key => !key.Contains('\0', StringComparison.Ordinal));
}
