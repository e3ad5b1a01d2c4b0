using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Access;

namespace CrmPlatform.Testing;

/// <summary>A key of the tests' own, whose public half the platform is given beside identity's: for tokens of people identity does not know.</summary>
public sealed class TestKey : IDisposable
{
    private readonly SigningKey key = SigningKey.Create();

    /// <summary>Publishes its public half in a JWKS file.</summary>
    public TestKey(string publicKeys) => key.Publish(publicKeys);

    /// <summary>A token for somebody of that name; the same name is the same person.</summary>
    public string Token(
        string issuer, Guid tenant, string name, IEnumerable<string> scopes, string plan = "internal", IReadOnlyList<string>? roles = null,
        IReadOnlyList<Guid>? teams = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var person = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant} {name}")).AsSpan(0, 16)).ToString();
        return key.Issue(
            new Caller(new Actor(ActorKind.User, person, name), tenant, scopes.ToHashSet(StringComparer.Ordinal), plan, now.AddHours(1))
            {
                Roles = roles,
                Teams = teams ?? [],
            },
            issuer, now);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
