using CrmPlatform.Access.Roles;
using CrmPlatform.Records.Transitions;
using Xunit;

namespace CrmPlatform.Shared.Tests.Transitions;

/// <summary>Who may go from which state to which.</summary>
public sealed class TransitionMatrixTests
{
    private static readonly string[] States = ["draft", "sent", "signed", "void"];

    private static readonly TransitionMatrix Matrix = new(
        [
            new("draft", "sent"),
            new("sent", "signed", "lawyer", "manager"),
            new(Transition.Any, "void", "manager"),
            new("void", Transition.Any, "lawyer"),
        ],
        States);

    [Theory]
    [InlineData("draft", "sent", "clerk", true)]
    [InlineData("draft", "signed", "clerk", false)]
    [InlineData("draft", "signed", "lawyer", false)]
    [InlineData("sent", "signed", "clerk", false)]
    [InlineData("sent", "signed", "lawyer", true)]
    [InlineData("sent", "draft", "lawyer", false)]
    [InlineData("signed", "void", "manager", true)]
    [InlineData("signed", "void", "lawyer", false)]
    [InlineData("void", "draft", "lawyer", true)]
    [InlineData("void", "void", "lawyer", false)]
    [InlineData("sent", "elsewhere", "lawyer", false)]
    public void A_step_is_allowed_when_the_matrix_has_it_for_one_of_the_roles(string from, string to, string role, bool allowed) =>
        Assert.Equal(allowed, Matrix.Allows(from, to, Holder(role)));

    [Theory]
    [InlineData("draft", "clerk", "sent")]
    [InlineData("draft", "manager", "sent,void")]
    [InlineData("sent", "lawyer", "signed")]
    [InlineData("sent", "lawyer,manager", "signed,void")]
    [InlineData("signed", "clerk", "")]
    [InlineData("void", "lawyer", "draft,sent,signed")]
    public void What_is_allowed_is_told_in_the_order_of_the_states(string from, string roles, string allowed) =>
        Assert.Equal(allowed, string.Join(',', Matrix.Allowed(from, Holder(roles.Split(',')))));

    [Fact]
    public void Who_is_held_to_no_roles_is_held_to_the_steps_there_are()
    {
        Assert.True(Matrix.Allows("sent", "signed", Rights.Everything));
        Assert.False(Matrix.Allows("sent", "draft", Rights.Everything));
    }

    private static Rights Holder(params string[] roles) => new(roles.Select(name => new RoleRules { Name = name }));
}
