using System.Collections.Frozen;
using System.Text.Json;

namespace CrmPlatform.Access;

/// <summary>The payload of a token: what the platform reads, and insists on.</summary>
internal static class Claims
{
    /// <summary>The header's <c>typ</c>; another use of the same key has another one, so neither passes for the other.</summary>
    public const string Type = "at+jwt";

    /// <summary>The plan of a tenant whose token names none.</summary>
    public const string UsualPlan = "standard";

    /// <summary>How far apart the clocks of issuer and services may be.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private const int MaxName = 200;
    private const int MaxRoles = 50;

    public static Verdict Read(JsonElement claims, DateTimeOffset now)
    {
        if (claims.Text("iss") != TokenCheck.Issuer)
            return Verdict.Of(TokenFault.Issuer);
        if (!IsFor(claims, TokenCheck.Issuer))
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
        if (Roles(claims, out var roles) && Teams(claims) is { } teams)
            return Verdict.Of(new Caller(actor, tenant, Set(scopes), plan, expires) { Roles = roles, Teams = teams });
        return Verdict.Of(TokenFault.Rights);
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

    private static IReadOnlyList<Guid>? Teams(JsonElement claims)
    {
        if (!claims.TryGetProperty("teams", out var said))
            return [];
        if (said.ValueKind != JsonValueKind.Array)
            return null;
        var teams = new List<Guid>(said.GetArrayLength());
        foreach (var one in said.EnumerateArray())
            if (Guid.TryParseExact(one.Text(), "D", out var team))
                teams.Add(team);
            else
                return null;
        return teams;
    }

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

    private static string? Optional(JsonElement claims, string name, string otherwise) =>
        claims.Has(name) ? claims.Text(name) : otherwise;
}
