using CrmPlatform.Access;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

public sealed class ForgedTokenTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0é";

    public static TheoryData<string> Names => new(Forged.All.Select(forged => forged.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_forged_token_is_refused_for_the_one_thing_wrong_with_it(string name)
    {
        using var gate = new Gate();
        var (_, fault, token) = Forged.All.Single(forged => forged.Name == name);
        Assert.NotNull(gate.Check.Check(gate.Valid).Caller); // what the forgery starts from is valid

        var first = gate.Check.Check(token(gate));
        var second = gate.Check.Check(token(gate));

        Assert.Equal((fault, fault), (first.Fault, second.Fault));
        Assert.Null(first.Caller);
        Assert.Equal(fault == TokenFault.Expired ? "token_expired" : "token_invalid", first.Code);
    }

    [Fact]
    public void No_single_change_of_a_character_leaves_a_token_valid()
    {
        using var gate = new Gate();
        var token = gate.Valid;
        Assert.NotNull(gate.Check.Check(token).Caller);
        var random = new Random(20_30);

        for (var at = 0; at < token.Length; at++)
        {
            var other = Alphabet[random.Next(Alphabet.Length)];
            if (other == token[at])
                continue;
            Assert.Null(gate.Check.Check(token[..at] + other + token[(at + 1)..]).Caller); // replaced
            Assert.Null(gate.Check.Check(token[..at] + token[(at + 1)..]).Caller); // left out
            Assert.Null(gate.Check.Check(token[..at] + other + token[at..]).Caller); // put in
            Assert.Null(gate.Check.Check(token[..at]).Caller); // cut
        }
    }

    [Fact]
    public void Noise_is_refused_without_an_exception()
    {
        using var gate = new Gate();
        var random = new Random(7519);

        for (var i = 0; i < 5_000; i++)
        {
            var header = gate.Header.ToJsonString().ToCharArray();
            header[random.Next(header.Length)] = (char)random.Next(0, 256);
            var bytes = new byte[random.Next(0, 100)];
            random.NextBytes(bytes);
            Assert.Null(gate.Check.Check(string.Concat(bytes.Select(b => Alphabet[b % Alphabet.Length]))).Caller);
            Assert.Null(gate.Check.Check($"{Gate.Encode(new string(header))}.{Gate.Encode("{}")}.{Convert.ToHexString(bytes)}").Caller);
        }
    }

    [Fact]
    public void What_was_signed_for_one_use_does_not_open_for_another()
    {
        using var gate = new Gate();
        var anchor = gate.Key.Sign("crm-anchor", "head"u8);

        Assert.Equal("head"u8.ToArray(), Jws.Open(anchor, "crm-anchor", gate.Ring));
        Assert.Null(Jws.Open(anchor, "at+jwt", gate.Ring));
        Assert.Null(Jws.Open(gate.Valid, "crm-anchor", gate.Ring));
        Assert.Null(Jws.Open(anchor + "é", "crm-anchor", gate.Ring));
        Assert.Null(Jws.Open(new string('a', 9_000), "crm-anchor", gate.Ring));
    }
}
