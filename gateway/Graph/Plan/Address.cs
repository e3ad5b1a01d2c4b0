using System.Globalization;
using System.Text.Json;

namespace CrmPlatform.Graph.Plan;

/// <summary>Where a door is, with what it is told in its address: in the path, or after the question mark.</summary>
internal static class Address
{
    /// <summary>The address of a route, told these.</summary>
    public static string Of(string route, IEnumerable<KeyValuePair<string, object?>> told)
    {
        var (path, query) = (route, new List<string>());
        foreach (var (name, value) in told)
            if (path.Contains($"{{{name}}}", StringComparison.Ordinal))
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Text(value)), StringComparison.Ordinal);
            else
                query.AddRange((value as object?[] ?? [value]).Where(v => v is not null).Select(v => $"{name}={Uri.EscapeDataString(Text(v))}"));
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private static string Text(object? value) => value switch
    {
        true => "true",
        false => "false",
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        JsonElement json => json.ToString(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value as string ?? "",
    };
}
