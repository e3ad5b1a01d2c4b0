using System.Text.Json.Nodes;
using CrmPlatform.Access;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

public sealed class SigningKeyTests
{
    [Fact]
    public void A_key_file_is_for_its_owner_alone_and_the_public_one_for_everybody()
    {
        using var gate = new Gate();

        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner, Mode(gate.KeyPath));
        Assert.Equal(owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead, Mode(gate.JwksPath));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(gate.KeyPath), StringComparison.Ordinal);
        Assert.DoesNotContain("\"d\"", File.ReadAllText(gate.JwksPath), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(gate.Folder).Length); // no draft is left behind
    }

    [Fact]
    public void A_key_that_is_there_is_used_again()
    {
        using var gate = new Gate();
        var before = File.ReadAllText(gate.KeyPath);

        using var again = SigningKey.OpenOrCreate(gate.KeyPath);

        Assert.Equal(gate.Key.Id, again.Id);
        Assert.Equal(before, File.ReadAllText(gate.KeyPath));
    }

    [Fact]
    public async Task Whoever_comes_first_decides_the_key_and_all_others_use_it()
    {
        using var gate = new Gate();
        var path = Path.Combine(gate.Folder, "deeper", "fresh.pem");

        var ids = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            using var key = SigningKey.OpenOrCreate(path);
            return key.Id;
        })));

        Assert.Single(ids.Distinct());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Publishing_leaves_the_other_keys_as_they_are_and_twice_is_once()
    {
        using var gate = new Gate();
        File.WriteAllText(gate.JwksPath, """{"note":"kept","keys":[{"kty":"RSA","kid":"partner","n":"AA","e":"AQAB","x-owner":"1"}]}""");

        Assert.True(gate.Key.Publish(gate.JwksPath));
        var once = File.ReadAllText(gate.JwksPath);
        Assert.False(gate.Key.Publish(gate.JwksPath));

        Assert.Equal(once, File.ReadAllText(gate.JwksPath));
        var jwks = JsonNode.Parse(once)!;
        Assert.Equal("kept", (string?)jwks["note"]);
        Assert.Equal("""{"kty":"RSA","kid":"partner","n":"AA","e":"AQAB","x-owner":"1"}""", jwks["keys"]![0]!.ToJsonString());
        Assert.Equal(gate.Key.Id, (string?)jwks["keys"]![1]!["kid"]);
    }

    [Fact]
    public void Publishing_into_a_broken_file_says_so_and_leaves_it_alone()
    {
        using var gate = new Gate();
        File.WriteAllText(gate.JwksPath, "{ half");

        var refusal = Assert.Throws<KeyFileException>(() => gate.Key.Publish(gate.JwksPath));

        Assert.Contains(gate.JwksPath, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("{ half", File.ReadAllText(gate.JwksPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("a public key")]
    [InlineData("another curve")]
    [InlineData("RSA")]
    public void A_file_without_a_fitting_private_key_is_refused_in_one_sentence(string content)
    {
        using var gate = new Gate();
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        File.WriteAllText(gate.KeyPath, content switch
        {
            "a public key" => gate.Raw.ExportSubjectPublicKeyInfoPem(),
            "another curve" => other.ExportPkcs8PrivateKeyPem(),
            "RSA" => rsa.ExportPkcs8PrivateKeyPem(),
            _ => content,
        });

        var refusal = Assert.Throws<KeyFileException>(() => SigningKey.Open(gate.KeyPath));
        Assert.StartsWith(gate.KeyPath, refusal.Message, StringComparison.Ordinal);
        Assert.Throws<KeyFileException>(() => SigningKey.OpenOrCreate(gate.KeyPath)); // never written over
    }

    [Fact]
    public void The_name_of_a_key_is_its_thumbprint()
    {
        // The EC key of RFC 7517, appendix A.1; its thumbprint as another implementation computes it.
        Assert.Equal(
            "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
            PublicKey.Thumbprint("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"));
    }

    [Fact]
    public async Task Many_threads_sign_with_one_key()
    {
        using var gate = new Gate();

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.NotNull(gate.Check.Check(gate.Issue()).Caller);
            return ValueTask.CompletedTask;
        });
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
