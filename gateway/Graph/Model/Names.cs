namespace CrmPlatform.Graph.Model;

/// <summary>What records call things, as GraphQL may call them.</summary>
internal static class Names
{
    /// <summary>Whether a name can be one here, too.</summary>
    public static bool Is(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && !name.StartsWith("__", StringComparison.Ordinal)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>contact → Contact.</summary>
    public static string Type(string noun) => char.ToUpperInvariant(noun[0]) + noun[1..];

    /// <summary>stageId → Stage id.</summary>
    public static string Spoken(string name) =>
        char.ToUpperInvariant(name[0]) + string.Concat(name.Skip(1).Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}")) + ".";

    /// <summary>readDelivery → delivery.</summary>
    public static string Noun(string slice)
    {
        var noun = slice[slice.TakeWhile(char.IsAsciiLetterLower).Count()..];
        return noun.Length == 0 ? slice : char.ToLowerInvariant(noun[0]) + noun[1..];
    }

    /// <summary>change-job → changeJob.</summary>
    public static string Words(string kebab) => string.Concat(kebab.Split('-').Select((word, i) => i == 0 ? word : Type(word)));
}
