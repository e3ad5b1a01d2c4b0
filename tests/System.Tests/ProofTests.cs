using CrmPlatform.SystemTests.Platform;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>Somebody with all rights to the database changes history: whoever asks for proof is told what, a program by the exit code.</summary>
public sealed class ProofTests(RealPlatform platform)
{
    [Fact]
    public async Task Verify_names_what_was_changed_and_fails()
    {
        var crm = platform.Service("contacts", Guid.CreateVersion7());
        var id = (await crm.Post("/contacts", new { lastName = "True" })).Expect(201).Id;
        await TestCrm.Eventually(async () => Assert.Equal(0, await platform.Count("contacts", "select count(*) from outbox")));
        Assert.Contains("contacts: ", await platform.Verb("verify"));

        await Sql($"create table kept as select data from journal where record_id = '{id}'");
        await Sql($"update journal set data = jsonb_set(data, '{{changes,lastName,new}}', '\"Forged\"') where record_id = '{id}'");
        var (code, output) = await platform.Try("verify", "contacts");
        Assert.Equal(1, code);
        Assert.Contains("NOT whole", output);
        Assert.Contains($"contact {id}, version 1) is not what was told", output);

        await Sql($"update journal set data = (select data from kept) where record_id = '{id}'");
        await Sql("drop table kept");
        await platform.Verb("verify");
    }

    private Task Sql(string sql) => platform.Rows("contacts", sql, _ => 0);
}
