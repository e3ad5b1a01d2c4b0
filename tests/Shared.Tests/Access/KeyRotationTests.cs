using System.Diagnostics;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

public sealed class KeyRotationTests
{
    [Fact]
    public void A_new_key_works_beside_the_old_one_until_the_old_one_is_removed()
    {
        using var gate = new Gate();
        using var next = SigningKey.Create();
        var (old, fresh) = (gate.Issue(), gate.Issue(next));
        Assert.NotNull(gate.Check.Check(old).Caller);
        Assert.Equal(TokenFault.Key, gate.Check.Check(fresh).Fault);

        next.Publish(gate.JwksPath);
        Assert.Equal(TokenFault.Key, gate.Check.Check(fresh).Fault); // the file is looked at once a second
        gate.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(gate.Check.Check(old).Caller);
        Assert.NotNull(gate.Check.Check(fresh).Caller);

        Remove(gate, gate.Key.Id);
        gate.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TokenFault.Key, gate.Check.Check(old).Fault);
        Assert.NotNull(gate.Check.Check(fresh).Caller);
    }

    [Fact]
    public void What_is_remembered_does_not_keep_a_removed_key_alive()
    {
        using var gate = new Gate();
        using var next = SigningKey.Create();
        next.Publish(gate.JwksPath);
        gate.Clock.Advance(TimeSpan.FromSeconds(1));
        var token = gate.Issue();
        for (var i = 0; i < 3; i++)
            Assert.NotNull(gate.Check.Check(token).Caller);
        Assert.Equal(1, gate.Check.Remembered);

        Remove(gate, gate.Key.Id);
        gate.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TokenFault.Key, gate.Check.Check(token).Fault);
        Assert.Equal(0, gate.Check.Remembered);
    }

    [Fact]
    public void A_kid_that_comes_back_with_another_key_does_not_revive_old_tokens()
    {
        using var gate = new Gate();
        using var other = SigningKey.Create();
        var token = gate.Issue();
        Assert.NotNull(gate.Check.Check(token).Caller);

        Change(gate, keys => (keys[0]!["x"], keys[0]!["y"]) = (other.X, other.Y));
        gate.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TokenFault.Signature, gate.Check.Check(token).Fault);
    }

    [Fact]
    public void A_file_that_appears_later_is_found_and_its_absence_was_said()
    {
        using var gate = new Gate(published: false);
        Assert.Equal("The key file keys.json is not there; there is no key, and no token is valid.", gate.Ring.Trouble);
        Assert.Equal(TokenFault.Key, gate.Check.Check(gate.Valid).Fault);

        gate.Key.Publish(gate.JwksPath);
        gate.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(gate.Check.Check(gate.Valid).Caller);
        Assert.Null(gate.Ring.Trouble);
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "is not JSON")]
    [InlineData("{}", "has no list of keys")]
    [InlineData("""{"keys":{}}""", "has no list of keys")]
    [InlineData("""{"keys":[],"keys":[]}""", "is not JSON")]
    [InlineData("""{"keys":[7]}""", "something that is not a key")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}""", "without a kid")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"AA","y":"AA"}]}""", "coordinates")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"ZZ","y":"ZZ"}]}""", "not on its curve")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"a","d":"AA","x":"AA","y":"AA"}]}""", "private key")]
    public void A_broken_file_keeps_the_last_good_keys_and_says_so(string content, string what)
    {
        using var gate = new Gate();
        var good = File.ReadAllText(gate.JwksPath);
        File.WriteAllText(gate.JwksPath, content.Replace("ZZ", new string('A', 43), StringComparison.Ordinal)); // (0, 0): the right length
        gate.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(gate.Check.Check(gate.Valid).Caller);
        Assert.StartsWith("The key file keys.json ", gate.Ring.Trouble, StringComparison.Ordinal);
        Assert.Contains(what, gate.Ring.Trouble, StringComparison.Ordinal);
        Assert.EndsWith("the keys read before stay in use.", gate.Ring.Trouble, StringComparison.Ordinal);

        File.WriteAllText(gate.JwksPath, good);
        gate.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(gate.Ring.Trouble);
        Assert.NotNull(gate.Check.Check(gate.Valid).Caller);
    }

    [Fact]
    public void A_file_that_goes_away_or_is_endless_keeps_the_last_good_keys()
    {
        using var gate = new Gate();
        var good = File.ReadAllText(gate.JwksPath);
        Action remove = () => File.Delete(gate.JwksPath), swell = () => File.WriteAllText(gate.JwksPath, new string(' ', 2_000_000));
        foreach (var spoil in new[] { remove, swell })
        {
            spoil();
            gate.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.NotNull(gate.Check.Check(gate.Valid).Caller);
            Assert.NotNull(gate.Ring.Trouble);

            File.WriteAllText(gate.JwksPath, good);
            gate.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(gate.Ring.Trouble);
        }
    }

    [Fact]
    public void An_empty_list_is_no_mistake_and_lets_nobody_in()
    {
        using var gate = new Gate();
        Change(gate, keys => keys.Clear());
        gate.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TokenFault.Key, gate.Check.Check(gate.Valid).Fault);
        Assert.Contains("no token is valid", gate.Ring.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_for_something_else_are_passed_over()
    {
        using var gate = new Gate();
        Change(gate, keys =>
        {
            foreach (var jwk in (string[])["""{"kty":"RSA","kid":"r","n":"AA","e":"AQAB"}""", """{"kty":"oct","kid":"o","k":"AA"}""",
                """{"kty":"EC","crv":"P-384","kid":"p"}""", """{"kty":"EC","crv":"P-256","kid":"e","use":"enc"}""",
                """{"kty":"EC","crv":"P-256","kid":"h","alg":"ECDH-ES"}""", """{"kty":"EC","crv":"P-256","kid":"s","key_ops":["sign"]}"""])
                keys.Add(JsonNode.Parse(jwk));
        });
        gate.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(gate.Check.Check(gate.Valid).Caller);
        Assert.Equal((1, null), (gate.Ring.Count, gate.Ring.Trouble));
    }

    [Fact]
    public void A_file_behind_links_that_are_turned_over_is_read_again()
    {
        using var gate = new Gate();
        using var next = SigningKey.Create();
        var (first, second) = (Path.Combine(gate.Folder, "1"), Path.Combine(gate.Folder, "2"));
        gate.Key.Publish(Path.Combine(first, "keys.json"));
        next.Publish(Path.Combine(second, "keys.json"));
        var stamp = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(first, "keys.json"), stamp);
        File.SetLastWriteTimeUtc(Path.Combine(second, "keys.json"), stamp);
        var data = Path.Combine(gate.Folder, "data");
        Directory.CreateSymbolicLink(data, first);
        var check = new TokenCheck(KeyRing.FromFile(Path.Combine(data, "keys.json"), gate.Clock), gate.Clock, Gate.Issuer);
        Assert.NotNull(check.Check(gate.Issue()).Caller);

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, second);
        gate.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(check.Check(gate.Issue()).Caller);
        Assert.NotNull(check.Check(gate.Issue(next)).Caller);
    }

    [Fact]
    public async Task While_keys_come_and_go_nobody_with_a_key_that_stays_is_refused()
    {
        using var gate = new Gate();
        using var next = SigningKey.Create();
        var token = gate.Issue();
        var (stop, checks) = (false, new int[4]);
        var callers = Enumerable.Range(0, checks.Length).Select(caller => Task.Factory.StartNew(
            () =>
            {
                for (; !Volatile.Read(ref stop); Interlocked.Increment(ref checks[caller]))
                    Assert.NotNull(gate.Check.Check(token).Caller);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();

        try
        {
            var deadline = Stopwatch.StartNew();
            for (var turn = 0; turn < 50 || (checks.Any(count => count == 0) && deadline.Elapsed.TotalSeconds < 30); turn++)
            {
                next.Publish(gate.JwksPath);
                gate.Clock.Advance(TimeSpan.FromSeconds(1));
                Assert.NotNull(gate.Check.Check(token).Caller);
                Remove(gate, next.Id);
                gate.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
        }

        await Task.WhenAll(callers);
        Assert.All(checks, count => Assert.True(count > 0));
    }

    private static void Remove(Gate gate, string kid) =>
        Change(gate, keys => keys.Remove(keys.Single(key => (string?)key!["kid"] == kid)));

    private static void Change(Gate gate, Action<JsonArray> change)
    {
        var jwks = JsonNode.Parse(File.ReadAllText(gate.JwksPath))!;
        change((JsonArray)jwks["keys"]!);
        File.WriteAllText(gate.JwksPath + ".new", jwks.ToJsonString());
        File.Move(gate.JwksPath + ".new", gate.JwksPath, overwrite: true);
    }
}
