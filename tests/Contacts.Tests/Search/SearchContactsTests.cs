using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Search;

/// <summary>Who is found by what is typed into the search of a list.</summary>
public sealed class SearchContactsTests
{
    [Theory]
    [InlineData("lovelace")]
    [InlineData("LOVELACE")]
    [InlineData("velac")]
    [InlineData("ada")]
    [InlineData("ad")]
    [InlineData("lovelace ada")]
    [InlineData("  ada\tlove ")]
    [InlineData("ada.lovelace@mail")]
    [InlineData("@mail.example")]
    [InlineData("+49 30 555")]
    [InlineData("+49")]
    [InlineData("030 555")]
    [InlineData("(030) 5550000")]
    [InlineData("0049/30-5550000")]
    [InlineData("5550000")]
    [InlineData("engines")]
    [InlineData("ada analytical")]
    [InlineData("analytical engines lovelace")]
    public async Task A_part_of_name_address_number_or_company_finds_who_has_it(string q)
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Analytical Engines GmbH" })).Expect(201).Id;
        (await crm.Contacts.Post("/contacts", new
        {
            firstName = "Ada",
            lastName = "Lovelace",
            email = "ada.lovelace@mail.example",
            phone = "+49305550000",
            accountId = account,
        })).Expect(201);
        (await crm.Contacts.Post("/contacts", new
        {
            firstName = "Grace",
            lastName = "Hopper",
            email = "grace@navy.example",
            phone = "+12025551111",
        })).Expect(201);

        Assert.Equal("Lovelace", await Found(crm, q));
    }

    [Theory]
    [InlineData("Müller-Lüdenscheidt", "muller-ludenscheidt")]
    [InlineData("Müller-Lüdenscheidt", "MÜLLERLÜDENSCHEIDT")]
    [InlineData("Muller", "müller")]
    [InlineData("Ferré", "ferre")]
    [InlineData("Ferre\u0301", "ferré")]
    [InlineData("İpek", "ipek")]
    [InlineData("Yıldız", "yildiz")]
    [InlineData("YILDIZ", "yıldız")]
    [InlineData("Groß", "gross")]
    [InlineData("Ørsted", "orsted")]
    [InlineData("Łukasiewicz", "lukasi")]
    [InlineData("O'Neil", "oneil")]
    [InlineData("O’Neil", "o'neil")]
    [InlineData("Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ")]
    [InlineData("Достоевский", "стоевс")]
    [InlineData("田中太郎", "中太")]
    [InlineData("田中太郎", "郎")]
    [InlineData("김철수", "철수")]
    [InlineData("ＦＵＬＬ", "full")]
    [InlineData("Party 🎉 Planner", "🎉")]
    [InlineData("👩‍🚀 Pilot", "🚀 pilot")]
    [InlineData("100% Sure", "100%")]
    [InlineData("snake_case", "ke_ca")]
    [InlineData(@"back\slash", @"k\s")]
    [InlineData("say \"hi\"", "\"hi\"")]
    [InlineData("'; drop table contact; --", "'; drop")]
    public async Task Letters_of_any_alphabet_are_found_and_signs_are_no_wildcards(string lastName, string q)
    {
        var crm = await TestCrm.Tenant();
        foreach (var name in (string[])[lastName, "Somebody Else", "1000 Others", "snakeXcase", "backXslash", "中人太"])
            (await crm.Contacts.Post("/contacts", new { lastName = name })).Expect(201);

        Assert.Equal(lastName, (await Found(crm, q)).Split('|')[0]);
        Assert.DoesNotContain("Somebody", await Found(crm, q), StringComparison.Ordinal);
        Assert.DoesNotContain("X", await Found(crm, q), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("%25")]
    [InlineData("____")]
    [InlineData("%5C")]
    [InlineData("zzz%20ada")]
    [InlineData("%ED%A0%BD")]
    [InlineData("%FF")]
    [InlineData("%E2%80%8D")]
    public async Task What_nobody_has_finds_nobody(string q)
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts", new { firstName = "Ada", lastName = "Lovelace" })).Expect(201);

        Assert.Equal("", await Found(crm, q, escaped: true));
    }

    [Theory]
    [InlineData("Hovelace")]
    [InlineData("Lovelac")]
    [InlineData("Llovelace")]
    [InlineData("Lovleace")]
    [InlineData("Lovelaze")]
    [InlineData("ada lovelaec")]
    [InlineData("lovelact@mail.example", false)]
    [InlineData("Anaiytical")]
    [InlineData("Lovezacu", false)]
    [InlineData("abe", false)]
    public async Task One_slip_of_the_finger_is_forgiven_in_words_of_four_letters_and_more(string q, bool forgiven = true)
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Analytical Engines" })).Expect(201).Id;
        (await crm.Contacts.Post("/contacts", new { firstName = "Ada", lastName = "Lovelace", accountId = account })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { firstName = "Grace", lastName = "Hopper" })).Expect(201);

        Assert.Equal(forgiven ? "Lovelace" : "", await Found(crm, q));
    }

    [Fact]
    public async Task What_is_found_as_it_is_typed_is_not_mixed_with_what_may_have_been_meant()
    {
        var crm = await TestCrm.Tenant();
        foreach (var lastName in (string[])["Meier", "Maier"])
            (await crm.Contacts.Post("/contacts", new { lastName })).Expect(201);

        Assert.Equal("Maier", await Found(crm, "maier"));
    }

    [Theory]
    [InlineData("kannah bermar", "Hannah Bermar")] // nobody is called kannah; bermar is right as it is
    [InlineData("hannah hopper", "Hanna Hopper")] // both are somebody's names, and nobody has both
    public async Task A_word_that_somebody_has_is_right_unless_that_finds_nobody(string q, string found)
    {
        var crm = await TestCrm.Tenant();
        foreach (var (firstName, lastName) in ((string, string)[])[("Hannah", "Bermar"), ("Hannah", "Lovelace"), ("Hanna", "Berman"), ("Hanna", "Hopper")])
            (await crm.Contacts.Post("/contacts", new { firstName, lastName })).Expect(201);

        var names = (await crm.Contacts.Get($"/contacts?q={q}")).Expect(200)["items"].EnumerateArray();
        Assert.Equal([found], names.Select(c => c.GetProperty("displayName").GetString()));
    }

    [Fact]
    public async Task What_fits_best_comes_first()
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Ann Taylor" })).Expect(201).Id;
        (await crm.Contacts.Post("/contacts", new { lastName = "Ann" })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Annabel" })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Hannah" })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Employee", accountId = account })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Newest Ann" })).Expect(201);

        Assert.Equal("Newest Ann|Ann|Annabel|Hannah|Employee", await Found(crm, "ann"));
    }

    private static async Task<string> Found(TestCrm crm, string q, bool escaped = false)
    {
        var page = (await crm.Contacts.Get($"/contacts?q={(escaped ? q : Uri.EscapeDataString(q))}")).Expect(200);
        return string.Join('|', page["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString()));
    }
}
