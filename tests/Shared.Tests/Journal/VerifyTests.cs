using System.Text;
using CrmPlatform.Access;
using CrmPlatform.Contacts;
using CrmPlatform.Journal.Chain;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

public sealed class VerifyTests
{
    private const int Entries = 12; // three contacts, each edited three times

    [Fact]
    public async Task An_untouched_journal_is_whole()
    {
        await using var home = await Told();

        var proof = await Prove(home);

        Assert.Empty(proof.Findings);
        Assert.Equal(Entries, proof.Entries);
        Assert.True(proof.Anchors > 0);
    }

    [Fact]
    public async Task An_edited_entry_is_named_whatever_was_edited()
    {
        string[] edits =
        [
            """data = jsonb_set(data, '{changes,jobTitle,new}', '"Forged"')""",
            """actor = jsonb_set(actor, '{name}', '"Somebody else"')""",
            "at = at - interval '1 microsecond'",
            "tenant = gen_random_uuid()",
            "operation = gen_random_uuid()",
            "record = 'account'",
            "record_id = gen_random_uuid()",
            "version = 99",
            "type = 'contact.deleted'",
            "id = gen_random_uuid()",
            "trace = 'another'",
        ];
        await using var home = await Told();
        var entries = await Task.WhenAll(edits.Select((_, i) => EntryAt(home, i + 1)));

        foreach (var (edit, entry) in edits.Zip(entries))
            await home.Sql("contacts", As.Admin).Execute($"update journal set {edit} where entry = $1", entry);

        var findings = await Findings(home);
        foreach (var (i, entry) in entries.Index())
            Assert.True(findings.Any(f => f.StartsWith($"Position {i + 1}: entry {entry} ", StringComparison.Ordinal)
                && f.EndsWith("is not what was told: edited, or moved.", StringComparison.Ordinal)), $"{edits[i]} was not found");
        // What follows is still proved.
        Assert.DoesNotContain(findings, f => f.StartsWith($"Position {Entries}:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_entry_is_named()
    {
        await using var home = await Told();
        var entry = await EntryAt(home, 5);

        await home.Sql("contacts", As.Admin).Execute("delete from journal where entry = $1", entry);

        Assert.Contains($"Position 5: entry {entry} was deleted from the journal.", await Findings(home));
    }

    [Fact]
    public async Task An_entry_deleted_with_its_link_leaves_a_gap_that_is_named()
    {
        await using var home = await Told();
        var (admin, entry) = (home.Sql("contacts", As.Admin), await EntryAt(home, 5));

        await admin.Execute("delete from journal where entry = $1", entry);
        await admin.Execute("delete from chain where position = 5");

        Assert.Contains("Positions 5 to 5 are missing from the chain.", await Findings(home));
    }

    [Fact]
    public async Task Two_entries_told_in_another_order_are_both_named()
    {
        await using var home = await Told();
        var (admin, fifth, sixth) = (home.Sql("contacts", As.Admin), await EntryAt(home, 5), await EntryAt(home, 6));

        await admin.Execute("update chain set entry = -entry where position in (5, 6)");
        await admin.Execute("update chain set entry = case position when 5 then $2 else $1 end where position in (5, 6)", fifth, sixth);

        var findings = await Findings(home);
        Assert.Contains(findings, f => f.StartsWith($"Position 5: entry {sixth} ", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.StartsWith($"Position 6: entry {fifth} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_is_found_by_the_anchor()
    {
        await using var home = await Told();
        var admin = home.Sql("contacts", As.Admin);

        await admin.Execute("delete from journal where entry in (select entry from chain where position > 8)");
        await admin.Execute("delete from chain where position > 8");

        Assert.Contains(await Findings(home), f => f.StartsWith("The tail is gone: the chain ends at position 8,", StringComparison.Ordinal)
            && f.EndsWith($"knows position {Entries}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tail_cut_off_the_chain_alone_leaves_entries_that_are_named()
    {
        await using var home = await Told();
        var entry = await EntryAt(home, Entries);

        await home.Sql("contacts", As.Admin).Execute("delete from chain where position = $1", Entries);

        Assert.Contains(await Findings(home), f =>
            f.StartsWith($"Entry {entry} ", StringComparison.Ordinal) && f.Contains("neither in the chain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rewritten_tail_with_fresh_hashes_is_whole_in_itself_and_found_by_the_anchor()
    {
        await using var home = await Told();
        var admin = home.Sql("contacts", As.Admin);

        await admin.Execute("update journal set actor = '{}' where entry = $1", await EntryAt(home, 5));
        await Forger.Rechain(admin, from: 5);

        Assert.Empty((await Verify.Run(home.Sql("contacts", As.Ops).Source, [], TestContext.Current.CancellationToken)).Findings);
        Assert.Contains(await Findings(home), f => f.StartsWith($"Position {Entries} was rewritten:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rewritten_tail_is_found_when_the_service_went_on_over_it()
    {
        await using var home = await Told();
        var admin = home.Sql("contacts", As.Admin);
        await admin.Execute("update journal set actor = '{}' where entry = $1", await EntryAt(home, 5));
        await Forger.Rechain(admin, from: 5);

        await home.Run();
        await Enter(home);
        await home.Stop();

        Assert.Contains(await Findings(home), f => f.StartsWith($"Position {Entries} was rewritten:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Anchors_that_are_not_ours_are_counted_out()
    {
        await using var home = await Told();
        var file = Path.Combine(home.Settings.Anchors!, "contacts.anchors");
        var ours = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        using var foreign = SigningKey.OpenOrCreate(Path.Combine(home.Settings.Anchors!, "foreign.pem"));
        var parts = ours[^1].Split('.');

        await File.AppendAllLinesAsync(
            file,
            [
                $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}",
                foreign.Sign("crm-anchor", Encoding.UTF8.GetBytes(
                    """{"service":"contacts","position":1,"entry":1,"hash":"00","at":"2026-01-01T00:00:00Z"}""")),
                "nonsense",
            ],
            TestContext.Current.CancellationToken);

        Assert.Equal([$"3 of {ours.Length + 3} anchors have no valid signature."], await Findings(home));
    }

    private static async Task<Installation> Told()
    {
        var home = await Installation.Apart(null, new ContactsService());
        foreach (var _ in Enumerable.Range(0, 3))
            await Enter(home, edits: 3);
        await TestCrm.Eventually(async () =>
            Assert.Equal(Entries, await home.Sql("contacts", As.Ops).Value<long>("select count(*) from chain")));
        await home.Stop(); // an orderly stop anchors the head
        return home;
    }

    private static async Task Enter(Installation home, int edits = 0)
    {
        var crm = home.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", jobTitle = "0" })).Expect(201).Id;
        foreach (var n in Enumerable.Range(1, edits))
            (await crm.Contacts.Patch($"/contacts/{contact}", new { jobTitle = $"{n}" })).Expect(200);
    }

    private static Task<long> EntryAt(Installation home, long position) =>
        home.Sql("contacts", As.Admin).Value<long>("select entry from chain where position = $1", position);

    private static async Task<IReadOnlyList<string>> Findings(Installation home) => (await Prove(home)).Findings;

    private static Task<Proof> Prove(Installation home) => Verify.Run(
        home.Sql("contacts", As.Ops).Source,
        Anchors.Read(home.Settings.Anchors!, "contacts", KeyRing.FromFile(home.Settings.AnchorKeys, TimeProvider.System)),
        TestContext.Current.CancellationToken);
}
