namespace CrmPlatform.Identity.LogIn;

/// <summary>Who is logged in with a browser.</summary>
/// <param name="Tenant">The company they work for here.</param>
/// <param name="UserId">Their record.</param>
/// <param name="SignInId">The sign-in: what can be revoked.</param>
/// <param name="At">When they logged in.</param>
/// <param name="Amr">How they showed who they are: <c>pwd</c>, <c>otp</c>, <c>hwk</c>, <c>mfa</c>.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Email">Their address.</param>
public sealed record SignedIn(Guid Tenant, Guid UserId, Guid SignInId, DateTimeOffset At, IReadOnlyList<string> Amr, string Name, string Email);
