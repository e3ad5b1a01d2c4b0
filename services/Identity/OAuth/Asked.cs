using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CrmPlatform.Identity.OAuth;

/// <summary>The parameters of a request: each once, none empty (RFC 6749, 3.1).</summary>
internal sealed class Asked
{
    private const int Longest = 8192;

    private readonly Dictionary<string, string> parameters = new(StringComparer.Ordinal);

    private Asked(IEnumerable<KeyValuePair<string, StringValues>> all)
    {
        foreach (var (name, values) in all)
        {
            if (values.Count > 1)
                throw new OAuthRefusal("invalid_request", $"The parameter {Name(name)} is there more than once.");
            if (values.ToString().Contains('\0', StringComparison.Ordinal))
                throw new OAuthRefusal("invalid_request", $"The parameter {Name(name)} has a character that no text can hold.");
            if (values.ToString() is { Length: > 0 } value)
                parameters[name] = value.Length <= Longest ? value : throw new OAuthRefusal("invalid_request", $"The parameter {Name(name)} is too long.");
        }
    }

    /// <summary>A parameter, or null.</summary>
    public string? this[string name] => parameters.GetValueOrDefault(name);

    /// <summary>A parameter that has to be there.</summary>
    public string Needed(string name) => this[name] ?? throw new OAuthRefusal("invalid_request", $"The parameter {name} is missing.");

    /// <summary>What was asked for, as a list: <c>openid crm.read</c>.</summary>
    public string[] Words(string name) => [.. (this[name] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>Those of the address.</summary>
    public static Asked OfQuery(HttpContext http) => new(http.Request.Query);

    /// <summary>Those of an address that is not this request's.</summary>
    public static Asked OfQuery(string query) => new(QueryHelpers.ParseQuery(query));

    /// <summary>Those of a form.</summary>
    public static async Task<Asked> OfForm(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            throw new OAuthRefusal("invalid_request", "Send a form: application/x-www-form-urlencoded.");
        return new Asked(await http.Request.ReadFormAsync(http.RequestAborted));
    }

    private static string Name(string name) => name.Length <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : "given";
}
