using CrmPlatform.Testing;

[assembly: Runs]
