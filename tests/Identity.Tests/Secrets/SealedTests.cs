using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.Secrets;
using Xunit;

namespace CrmPlatform.Identity.Tests.Secrets;

public sealed class SealedTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes("a private key");

    [Fact]
    public void What_is_sealed_opens_again_and_looks_different_each_time()
    {
        var secrets = With("0123456789abcdef0123456789abcdef");

        var (one, another) = (secrets.Seal(Plain, "key", "kid"), secrets.Seal(Plain, "key", "kid"));

        Assert.Equal(Plain, secrets.Open(one, "key", "kid"));
        Assert.Equal(Plain, With("0123456789abcdef0123456789abcdef").Open(another, "key", "kid"));
        Assert.NotEqual(one, another);
        Assert.Equal([], secrets.Open(secrets.Seal([], "key", "kid"), "key", "kid"));
    }

    [Fact]
    public void It_opens_for_no_other_use_owner_or_secret()
    {
        var secrets = With("0123456789abcdef0123456789abcdef");
        var box = secrets.Seal(Plain, "key", "kid");

        Assert.ThrowsAny<CryptographicException>(() => secrets.Open(box, "totp", "kid"));
        Assert.ThrowsAny<CryptographicException>(() => secrets.Open(box, "key", "another"));
        Assert.ThrowsAny<CryptographicException>(() => With("another secret, of the same length").Open(box, "key", "kid"));
    }

    [Fact]
    public void A_changed_or_shortened_box_does_not_open()
    {
        var secrets = With("0123456789abcdef0123456789abcdef");
        var box = secrets.Seal(Plain, "key", "kid");

        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => secrets.Open(changed, "key", "kid"));
            Assert.ThrowsAny<CryptographicException>(() => secrets.Open(box[..i], "key", "kid"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("too short for a secret")]
    public void Without_a_secret_of_some_length_nothing_starts(string secret) =>
        Assert.Contains("CRM_SECRET", Assert.Throws<SettingsException>(() => With(secret)).Message, StringComparison.Ordinal);

    private static Sealed With(string secret) => new(new Settings(new Dictionary<string, string> { ["CRM_SECRET"] = secret }));
}
