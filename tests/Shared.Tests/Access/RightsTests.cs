using CrmPlatform.Access.Roles;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>What roles allow together.</summary>
public sealed class RightsTests
{
    private static readonly RoleRules Sales = new()
    {
        Name = "sales",
        Records = new Dictionary<string, Grant>
        {
            ["contact"] = Grant((Deed.Read, Reach.Team), (Deed.Update, Reach.Own), (Deed.Create, Reach.All)) with
            {
                Fields = new Dictionary<string, FieldRight> { ["birthday"] = FieldRight.Hidden, ["score"] = FieldRight.ReadOnly },
            },
        },
        Slices = new HashSet<string> { "mergeContacts" },
    };

    private static readonly RoleRules Support = new()
    {
        Name = "support",
        Records = new Dictionary<string, Grant>
        {
            [RoleRules.Any] = Grant((Deed.Read, Reach.All)) with
            {
                Fields = new Dictionary<string, FieldRight> { ["birthday"] = FieldRight.Masked, ["score"] = FieldRight.Hidden },
            },
        },
        Privileges = new HashSet<string> { Privilege.Audit },
    };

    private static readonly RoleRules Clerk = new()
    {
        Name = "clerk",
        Records = new Dictionary<string, Grant> { ["contact"] = Grant((Deed.Create, Reach.All)) },
    };

    private static readonly Override Rule = new("overrideDealMove", "Move a deal where nothing leads.");

    [Theory]
    [InlineData("*", false)]
    [InlineData("moveDeal", false)]
    [InlineData("overrideDealMove", true)]
    public void A_rule_is_passed_over_by_who_is_named_for_it_and_not_by_who_may_use_all_slices(string slice, bool may) =>
        Assert.Equal(may, new Rights([Sales, new RoleRules { Name = "mover", Slices = new HashSet<string> { slice } }]).May(Rule));

    [Fact]
    public void Administrators_and_managers_pass_over_rules_and_those_who_sell_do_not()
    {
        Assert.True(Rights.Everything.May(Rule));
        Assert.Equal(
            ["administrator", "manager"],
            ReadyMade.Roles.Values.Where(role => new Rights([role]).May(Rule)).Select(role => role.Name).Order());
    }

    [Theory]
    [InlineData("contact", Deed.Read, Reach.All)]
    [InlineData("contact", Deed.Update, Reach.Own)]
    [InlineData("contact", Deed.Create, Reach.All)]
    [InlineData("contact", Deed.Delete, Reach.None)]
    [InlineData("account", Deed.Read, Reach.All)]
    [InlineData("account", Deed.Update, Reach.None)]
    public void Of_several_roles_the_widest_counts_for_each_deed(string record, Deed deed, Reach reach) =>
        Assert.Equal(reach, new Rights([Sales, Support]).For(record, deed));

    [Theory]
    [InlineData("birthday", FieldRight.Masked)]
    [InlineData("score", FieldRight.ReadOnly)]
    [InlineData("lastName", FieldRight.Full)]
    public void And_for_each_field(string field, FieldRight right) => Assert.Equal(right, new Rights([Sales, Support]).Field("contact", field));

    [Fact]
    public void A_role_that_cannot_read_widens_no_field() =>
        Assert.Equal(FieldRight.Hidden, new Rights([Sales, Clerk]).Field("contact", "birthday"));

    [Fact]
    public void Without_a_role_nothing_is_allowed_and_nothing_exists()
    {
        var nobody = new Rights([]);

        Assert.All(Enum.GetValues<Deed>(), deed => Assert.Equal(Reach.None, nobody.For("contact", deed)));
        Assert.Equal(FieldRight.Hidden, nobody.Field("contact", "lastName"));
        Assert.False(nobody.Slice("mergeContacts"));
        Assert.False(nobody.Has(Privilege.Audit));
    }

    [Fact]
    public void Slices_and_switches_of_any_role_count()
    {
        var both = new Rights([Sales, Support]);

        Assert.True(both.Slice("mergeContacts"));
        Assert.False(both.Slice("mergeAccounts"));
        Assert.True(both.Has(Privilege.Audit));
        Assert.True(Rights.Everything.Slice("mergeAccounts"));
    }

    [Fact]
    public void It_is_known_which_role_allows_what()
    {
        var both = new Rights([Sales, Support]);

        Assert.Equal(["support"], both.Because("contact", Deed.Read));
        Assert.Equal(["sales"], both.Because("contact", Deed.Update));
        Assert.Empty(both.Because("contact", Deed.Delete));
    }

    [Fact]
    public void Nothing_has_to_be_asked_of_an_administrator()
    {
        Assert.True(Rights.Everything.IsEverything);
        Assert.True(new Rights([Sales, ReadyMade.Roles["administrator"]]).IsEverything);
        Assert.All(ReadyMade.Roles.Values.Except([ReadyMade.Administrator]), role => Assert.False(new Rights([role]).IsEverything, role.Name));
    }

    [Theory]
    [InlineData("administrator", Deed.Delete, Reach.All)]
    [InlineData("manager", Deed.Export, Reach.All)]
    [InlineData("sales", Deed.Read, Reach.Team)]
    [InlineData("sales", Deed.Delete, Reach.Own)]
    [InlineData("support", Deed.Update, Reach.All)]
    [InlineData("support", Deed.Export, Reach.None)]
    [InlineData("marketing", Deed.Export, Reach.All)]
    [InlineData("readOnly", Deed.Read, Reach.All)]
    [InlineData("readOnly", Deed.Update, Reach.None)]
    [InlineData("integration", Deed.Create, Reach.All)]
    public void Ready_made_roles_allow_what_their_names_say(string role, Deed deed, Reach reach) =>
        Assert.Equal(reach, new Rights([ReadyMade.Roles[role]]).For("contact", deed));

    [Fact]
    public void Only_administrators_change_what_others_work_with()
    {
        Assert.Equal(["administrator"], ReadyMade.Roles.Values.Where(r => new Rights([r]).Has(Privilege.DataModel)).Select(r => r.Name));
        Assert.False(new Rights([ReadyMade.Roles["readOnly"]]).Slice("mergeContacts"));
        Assert.True(new Rights([ReadyMade.Roles["readOnly"]]).Slice("findDuplicateContacts"));
    }

    [Theory]
    [InlineData(Privilege.Export, "administrator integration manager marketing sales")]
    [InlineData(Privilege.BulkEdit, "administrator manager marketing")]
    [InlineData(Privilege.Merge, "administrator integration manager marketing sales")]
    [InlineData(Privilege.DeleteForEver, "administrator")]
    [InlineData(Privilege.Audit, "administrator manager")]
    [InlineData(Privilege.DataModel, "administrator")]
    [InlineData(Privilege.People, "administrator")]
    public void Each_switch_is_on_in_these_ready_made_roles(string privilege, string roles) =>
        Assert.Equal(roles, string.Join(' ', ReadyMade.Roles.Values.Where(r => new Rights([r]).Has(privilege)).Select(r => r.Name).Order()));

    [Theory]
    [InlineData("signIn")]
    [InlineData("connection")]
    public void How_others_log_in_and_what_they_let_act_for_them_is_seen_by_administrators_alone(string record) =>
        Assert.All(ReadyMade.Roles.Values.Except([ReadyMade.Administrator]), role => Assert.Equal(Reach.Own, new Rights([role]).For(record, Deed.Read)));

    private static Grant Grant(params (Deed Deed, Reach Reach)[] deeds) => new() { Deeds = deeds.ToDictionary(d => d.Deed, d => d.Reach) };
}
