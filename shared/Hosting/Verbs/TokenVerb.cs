using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Access;
using CrmPlatform.Hosting.Doors;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>Development tokens, signed with a key of this installation's developer.</summary>
public static class TokenVerb
{
    /// <summary>The tenant that <c>./crm up</c> fills with demo data.</summary>
    public static readonly Guid DemoTenant = new("0199a000-0000-7000-8000-00000000c0de");

    internal static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        var (tenants, withoutTenant) = Verb.Option(arguments, "--tenant");
        var (users, withoutUser) = Verb.Option(withoutTenant, "--user");
        var (scopes, withoutScope) = Verb.Option(withoutUser, "--scope");
        var (roles, withoutRole) = Verb.Option(withoutScope, "--role");
        var (teams, withoutTeam) = Verb.Option(withoutRole, "--team");
        var (minutes, rest) = Verb.Option(withoutTeam, "--minutes");
        if (rest.Length > 0)
            throw new SettingsException($"token does not know '{rest[0]}'.");
        if (tenants.Count > 0 && !Guid.TryParse(tenants[^1], out _))
            throw new SettingsException($"'{tenants[^1]}' is no tenant: it is a UUID.");
        if (teams.Find(team => !Guid.TryParse(team, out _)) is { } wrong)
            throw new SettingsException($"'{wrong}' is no team: it is a UUID.");

        var name = users.LastOrDefault() ?? "Demo Administrator";
        Console.WriteLine(Issue(
            settings,
            tenants.Count > 0 ? Guid.Parse(tenants[^1]) : DemoTenant,
            name,
            scopes.Count > 0 ? scopes : [Scopes.Read, Scopes.Write, Scopes.Ops],
            TimeSpan.FromMinutes(minutes.Count == 0 ? 12 * 60 : int.TryParse(minutes[^1], out var n) && n is > 0 and <= 60 * 24 * 365
                ? n : throw new SettingsException($"'{minutes[^1]}' is no number of minutes.")),
            roles: roles.Count > 0 ? roles : null,
            teams: [.. teams.Select(Guid.Parse)]));
        return Task.FromResult(0);
    }

    /// <summary>A token for somebody of that name.</summary>
    public static string Issue(
        Settings settings, Guid tenant, string name, IEnumerable<string> scopes, TimeSpan life, string plan = "standard",
        IReadOnlyList<string>? roles = null, IReadOnlyList<Guid>? teams = null)
    {
        using var key = SigningKey.Open(Needed(settings));
        var now = TimeProvider.System.GetUtcNow();
        var person = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant} {name}")).AsSpan(0, 16)).ToString(); // the same name is the same person
        var actor = new Actor(ActorKind.User, person, name);
        return key.Issue(
            new Caller(actor, tenant, scopes.ToHashSet(StringComparer.Ordinal), plan, now + life) { Roles = roles, Teams = teams ?? [] }, settings.Issuer, now);
    }

    private static string Needed(Settings settings) =>
        settings.SigningKey ?? throw new SettingsException("CRM_SIGNING_KEY is not set: which file holds the private key?");
}
