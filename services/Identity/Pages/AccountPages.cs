using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.Pages;

/// <summary>The pages on which somebody looks after their own account.</summary>
internal static class AccountPages
{
    public static IReadOnlyList<(string Path, string Label)> All { get; } = [("/account", "Account")];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/account", (PageState state, HttpContext http) => state.SignedIn is null ? LogIn(http) : Html.Page<AccountPage>());
    }

    /// <summary>First to the log-in, then back here.</summary>
    public static IResult LogIn(HttpContext http) => Html.GoTo($"/log-in?returnTo={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
}
