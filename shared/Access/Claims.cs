using System.Collections.Frozen;
using System.Net;
using System.Text.Json;

namespace CrmPlatform.Access;

/// <summary>The payload of a token: what the platform writes, reads, and insists on.</summary>
internal static partial class Claims
{
    /// <summary>The header's <c>typ</c>; another use of the same key has another one, so neither passes for the other.</summary>
    public const string Type = "at+jwt";

    /// <summary>The plan of a tenant whose token names none.</summary>
    public const string UsualPlan = "standard";

    /// <summary>How far apart the clocks of issuer and services may be.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private const int MaxName = 200;
    private const int MaxRoles = 50;

    public static Verdict Read(JsonElement claims, string issuer, DateTimeOffset now)
    {
        if (claims.Text("iss") != issuer)
            return Verdict.Of(TokenFault.Issuer);
        if (!IsFor(claims, issuer))
            return Verdict.Of(TokenFault.Audience);
        if (Time(claims, "exp") is not { } expires || Time(claims, "nbf") is not { } begins || Time(claims, "iat") is not { } issued)
            return Verdict.Of(TokenFault.Times);
        if (now - expires >= Skew)
            return Verdict.Of(TokenFault.Expired);
        if (begins - now > Skew || issued - now > Skew)
            return Verdict.Of(TokenFault.NotYet);
        if (!Guid.TryParseExact(claims.Text("tenant"), "D", out var tenant) || tenant == Guid.Empty)
            return Verdict.Of(TokenFault.Tenant);
        if (Who(claims) is not { } actor)
            return Verdict.Of(TokenFault.Subject);
        if (Optional(claims, "scope", "") is not { } scopes || Optional(claims, "plan", UsualPlan) is not { } plan)
            return Verdict.Of(TokenFault.Rights);
        if (!Roles(claims, out var roles) || !Listed<Guid>(claims, "teams", Id, out var teams)
            || !Listed<IPNetwork>(claims, "networks", IPNetwork.TryParse, out var networks) || !Listed<string>(claims, "amr", Word, out var methods)
            || !Identified(claims, "sid", out var source) || !Identified(claims, "connection", out var connection) || Version(claims) is not { } version
            || (claims.Has("client_id") && claims.Text("client_id") is null) || (claims.Has("auth_time") && Time(claims, "auth_time") is null))
            return Verdict.Of(TokenFault.Rights);
        return Verdict.Of(new Caller(actor, tenant, Set(scopes), plan, expires)
        {
            Roles = roles,
            Teams = teams,
            Version = version,
            Source = source,
            Connection = connection,
            Client = claims.Text("client_id"),
            AuthTime = Time(claims, "auth_time"),
            Methods = methods,
            Networks = networks,
        });
    }

    private static FrozenSet<string> Set(string scopes) =>
        scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    // Whoever has no roles may do nothing; whose token does not speak of roles is not held to any. So null is no list.
    private static bool Roles(JsonElement claims, out IReadOnlyList<string>? roles)
    {
        roles = null;
        if (!claims.TryGetProperty("roles", out var said))
            return true;
        if (said.ValueKind != JsonValueKind.Array || said.GetArrayLength() > MaxRoles)
            return false;
        var names = said.EnumerateArray().Select(one => one.Text()).ToArray();
        roles = names!;
        return names.All(name => name is { Length: > 0 and <= MaxName });
    }

    private static bool Listed<T>(JsonElement claims, string name, TryRead<T> read, out IReadOnlyList<T> members)
    {
        members = [];
        if (!claims.TryGetProperty(name, out var said))
            return true;
        if (said.ValueKind != JsonValueKind.Array)
            return false;
        var found = new List<T>(said.GetArrayLength());
        members = found;
        foreach (var one in said.EnumerateArray())
            if (one.Text() is { } text && read(text, out var member))
                found.Add(member);
            else
                return false;
        return true;
    }

    private static bool Identified(JsonElement claims, string name, out Guid? id)
    {
        id = Id(claims.Text(name) ?? "", out var read) ? read : null;
        return id is not null || !claims.Has(name);
    }

    private static bool Id(string text, out Guid id) => Guid.TryParseExact(text, "D", out id);

    private static bool Word(string text, out string word) => (word = text).Length is > 0 and <= MaxName;

    private delegate bool TryRead<T>(string text, out T value);

    private static Actor? Who(JsonElement claims)
    {
        ActorKind? kind = claims.Text("kind") switch { "user" => ActorKind.User, "system" => ActorKind.System, _ => null };
        return kind is not null
            && claims.Text("sub") is { Length: > 0 and <= MaxName } id && !id.AsSpan().ContainsAnyInRange('\0', '\x1f')
            && Optional(claims, "name", id) is { Length: <= MaxName } name
                ? new Actor(kind.Value, id, name)
                : null;
    }

    private static bool IsFor(JsonElement claims, string audience) => claims.TryGetProperty("aud", out var said)
        && (said.ValueKind == JsonValueKind.Array
            ? said.EnumerateArray().Any(one => one.Text() == audience)
            : said.Text() == audience);

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253_402_300_799 // the end of the year 9999
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static int? Version(JsonElement claims) => !claims.TryGetProperty("ver", out var value) ? 0
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version >= 0 ? version : null;

    private static string? Optional(JsonElement claims, string name, string otherwise) =>
        claims.Has(name) ? claims.Text(name) : otherwise;
}
